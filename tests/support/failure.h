/* A call that must fail: its status, and what tw_last_error says. */
#pragma once

#include <torch_warmup/base.h>

#include <initializer_list>
#include <string>

#include "catch.h"

namespace tw::test {

/* Any number as an enumeration of the header's, for what it must refuse. */
template <class Enumeration>
void set_number(Enumeration &out, int number) {
  out = static_cast<Enumeration>(number);
}

/* status is the one wanted and the message holds every one of the texts. */
inline void check_failure(tw_status status, tw_status wanted, std::initializer_list<std::string> texts) {
  const std::string message = tw_last_error();
  INFO("message: " << message);
  CHECK(std::string(tw_status_name(status)) == tw_status_name(wanted));
  for (const std::string &text : texts) CHECK_THAT(message, Contains(text));
}

}  // namespace tw::test
