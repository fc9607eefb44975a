#!/usr/bin/env python3
"""Makes the fictional town anew, by the program as it is now, for the tests that need it."""
import hot

hot.make_town()
