/* The calls that may leave a change behind when they fail, each with the header's sentence that says so. */
#pragma once

namespace tw::fuzz {

bool may_leave_a_change(const char *call);

/* A sentence of the list that its header does not have; NULL where the headers have all. */
const char *exception_of_no_header();

}  // namespace tw::fuzz
