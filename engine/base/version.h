/** @file version.h */
#ifndef HOT_BASE_VERSION_H
#define HOT_BASE_VERSION_H

#define HOT_VERSION "0.1.0"

#endif
