/** @file check_text.h
 *  What `check` found, in words on stdout. Text from data is made harmless to a terminal.
 */
#ifndef HOT_TOOLS_CHECK_TEXT_H
#define HOT_TOOLS_CHECK_TEXT_H

#include "layers/judge.h"

/** @return HOT_OK, or HOT_MEMORY. Whether stdout took it is for the caller to ask. */
HOT_MUST_USE hot_status hot_check_say(const hot_study *study, const hot_judgement *judgement);

#endif
