"""abi.py sees every change that a compiled program would, and every declaration that breaks a rule."""

import contextlib
import io
import os
import shutil
import tempfile
import unittest

import abi

HERE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(HERE, "..", "..", "include")

# One of each, by the rules.
SAMPLE = """#ifndef TORCH_WARMUP_H
#define TORCH_WARMUP_H
#include <stddef.h>
#include <stdint.h>
#define TW_CALL __attribute__((warn_unused_result))
#define TW_TWICE(x) ((x) * 2)
#define TW_VERSION_MAJOR 1
typedef enum tw_status { TW_OK = 0, TW_BAD = 1, TW_STATUS_UNKNOWN = -1, TW_STATUS_MAX_ENUM = 0x7fffffff } tw_status;
typedef struct tw_thing tw_thing;
typedef struct tw_thing_options {
  size_t struct_size;
  int32_t kind;
  int32_t reserved;
  double rate;
} tw_thing_options;
TW_CALL tw_status tw_thing_create(tw_thing **out, int64_t count, const tw_thing_options *options);
TW_CALL tw_status tw_thing_custom(tw_thing **out, tw_status (*run)(void *context), void *context,
                                  void (*release)(void *context));
typedef struct tw_thing_functions {
  tw_status (*run)(void *context);
  void (*release)(void *context);
} tw_thing_functions;
TW_CALL tw_status tw_thing_of(tw_thing **out, const tw_thing_functions *functions, void *context);
void tw_thing_free(tw_thing *thing);
#endif
"""


def run(command, include, listed, *rest):
    """abi.py's exit status and what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = abi.main(command, include, listed, *rest)
    return status, printed.getvalue()


class Headers:
    """A folder of headers that a test changes, and its list."""

    def __init__(self, test, text=None):
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.include, self.listed = os.path.join(folder.name, "include"), os.path.join(folder.name, "abi.txt")
        if text is None:
            shutil.copytree(INCLUDE, self.include)
        else:
            os.mkdir(self.include)
            self.write("torch_warmup.h", text)

    def write(self, name, text):
        with open(os.path.join(self.include, name), "w", encoding="utf-8") as file:
            file.write(text)

    def replace(self, old, new, name="torch_warmup.h"):
        with open(os.path.join(self.include, name), encoding="utf-8") as file:
            text = file.read()
        assert text.count(old) == 1, f"{name} has {old} {text.count(old)} times"
        self.write(name, text.replace(old, new))

    def run(self, command, *rest):
        return run(command, self.include, self.listed, *rest)


class RealHeaders(unittest.TestCase):
    """The list of this repository sees changes of its headers."""

    def fails(self, name, old, new, *messages):
        headers = Headers(self)
        headers.replace(old, new, os.path.join("torch_warmup", name))
        status, output = run("check", headers.include, os.path.join(HERE, "abi.txt"))
        self.assertEqual(status, 1, output)
        for message in messages:
            self.assertIn(message, output)

    def test_a_changed_number(self):
        old, new = "TW_ERROR_RANGE = 3,", "TW_ERROR_RANGE = 33,"
        self.fails("base.h", old, new, "- enumerator TW_ERROR_RANGE", "33 of tw_status")

    def test_a_reordered_member(self):
        self.fails(
            "argument.h",
            "  int64_t integer;\n  double real;\n",
            "  double real;\n  int64_t integer;\n",
            "- member tw_argument.real",
            "+ member tw_argument.real",
        )

    def test_a_dropped_argument(self):
        old = "tw_op_add(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);"
        self.fails("functional.h", old, "tw_op_add(tw_tensor **out, const tw_tensor *a);", "- function tw_op_add")


class ShippedItems(unittest.TestCase):
    """What has shipped is only added to."""

    def shipped(self):
        headers = Headers(self, SAMPLE)
        self.assertEqual(headers.run("refresh")[0], 0)
        self.assertEqual(headers.run("release", "1.2.3")[0], 0)
        status, output = headers.run("check")
        self.assertEqual(status, 0, output)
        return headers

    def refuses(self, old, new):
        headers = self.shipped()
        headers.replace(old, new)
        status, output = headers.run("check")
        self.assertEqual(status, 1, output)
        self.assertIn("has shipped in 1.2.3", output)
        status, output = headers.run("refresh")
        self.assertEqual(status, 1, output)
        self.assertIn("Not written", output)

    def takes(self, old, new):
        headers = self.shipped()
        headers.replace(old, new)
        status, output = headers.run("check")
        self.assertEqual(status, 1, output)
        self.assertIn("refresh_abi", output)
        self.assertEqual(headers.run("refresh")[0], 0)
        self.assertEqual(headers.run("check")[0], 0)
        return headers

    def test_changes_are_refused(self):
        for old, new in [
            ("TW_BAD = 1", "TW_BAD = 2"),
            ("TW_BAD = 1, ", ""),
            ("int64_t count, ", ""),
            ("int64_t count", "int32_t count"),
            ("void tw_thing_free(tw_thing *thing);\n", ""),
            ("  double rate;\n", "  double other;\n  double rate;\n"),
            ("  double rate;\n", "  int64_t rate;\n"),
            ("  int32_t reserved;\n", "  int32_t flag;\n"),
            ("TW_TWICE(x)", "TW_TWICE(x, y)"),
            ("  void (*release)(void *context);\n", "  void (*release)(void *context, int32_t why);\n"),
        ]:
            with self.subTest(new=new):
                self.refuses(old, new)

    def test_additions_are_taken(self):
        for old, new in [
            ("TW_BAD = 1", "TW_BAD = 1, TW_WORSE = 2"),
            ("  double rate;\n", "  double rate;\n  double other;\n"),
            ("void tw_thing_free", "TW_CALL tw_status tw_thing_more(tw_thing *thing);\nvoid tw_thing_free"),
            ("((x) * 2)", "(2 * (x))"),
        ]:
            with self.subTest(new=new):
                self.takes(old, new)

    def test_a_new_version_is_no_change(self):
        headers = self.shipped()
        headers.replace("TW_VERSION_MAJOR 1", "TW_VERSION_MAJOR 2")
        self.assertEqual(headers.run("check")[0], 0)

    def test_what_joins_the_core_stays_there(self):
        headers = self.shipped()
        headers.write("torch_warmup_core.h", SAMPLE)
        self.assertEqual(headers.run("refresh")[0], 0)
        os.remove(os.path.join(headers.include, "torch_warmup_core.h"))
        self.assertEqual(headers.run("refresh")[0], 1)

    def test_what_has_not_shipped_may_change(self):
        headers = Headers(self, SAMPLE)
        self.assertEqual(headers.run("refresh")[0], 0)
        headers.replace("TW_BAD = 1", "TW_BAD = 2")
        self.assertEqual(headers.run("refresh")[0], 0)

    def test_a_release_marks_only_what_is_new(self):
        headers = self.takes("TW_BAD = 1", "TW_BAD = 1, TW_WORSE = 2")
        self.assertEqual(headers.run("release", "1.3.0")[0], 0)
        with open(headers.listed, encoding="utf-8") as file:
            lines = file.read()
        self.assertIn("1.2.3 enumerator TW_BAD", lines)
        self.assertIn("1.3.0 enumerator TW_WORSE", lines)
        self.assertEqual(headers.run("release", "soon")[0], 1)


class Rules(unittest.TestCase):
    def test_the_sample_keeps_them(self):
        headers = Headers(self, SAMPLE)
        headers.run("refresh")
        status, output = headers.run("check")
        self.assertEqual(status, 0, output)

    def test_each_is_checked(self):
        free = "void tw_thing_free(tw_thing *thing);"
        for old, new, message in [
            (", TW_STATUS_UNKNOWN = -1", "", "enum tw_status lacks TW_STATUS_UNKNOWN = -1"),
            (", TW_STATUS_MAX_ENUM = 0x7fffffff", "", "enum tw_status lacks TW_STATUS_MAX_ENUM = 2147483647"),
            ("0x7fffffff }", "0x7fffffff, TW_HUGE = 0x100000000 }", "enum tw_status has 8 bytes"),
            ("TW_BAD = 1", "TW_BAD = 0", "enum tw_status has two names for one number"),
            ("TW_BAD = 1", "BAD = 1", "BAD, which does not begin with TW_"),
            ("  int32_t kind;\n", "", "tw_thing_options does not begin with size_t struct_size; int32_t kind;"),
            ("  int32_t reserved;\n", "", "tw_thing_options has a hole of 4 bytes before rate"),
            ("  double rate;\n", "  double rate;\n  int32_t flag;\n", "has 4 bytes of padding at its end"),
            ("  int32_t reserved;\n", "  int32_t reserved : 3;\n", "tw_thing_options has bit-fields"),
            ("tw_thing *thing);", "tw_thing_options thing);", "tw_thing_free takes thing as tw_thing_options"),
            ("int64_t count", "long count", "tw_thing_create takes count as long"),
            (free, "tw_thing_options tw_thing_get(void);", "tw_thing_get returns tw_thing_options"),
            (free, "void tw_thing_print(const char *format, ...);", "tw_thing_print is variadic"),
            (free, "static inline void tw_thing_free(tw_thing *thing) { (void)thing; }", "tw_thing_free is inline"),
            (free, "tw_status tw_thing_run(tw_thing *thing);", "tw_thing_run returns a tw_status that nobody"),
            (free, "void thing_free(tw_thing *thing);", "thing_free does not begin with tw_"),
            (free, "void tw_thing_free(tw_thing *);", "tw_thing_free has a parameter without a name"),
            (free, "#define THING 1", "macro THING does not begin with TW_"),
            (free, "typedef int32_t thing;", "type thing does not begin with tw_"),
            (free, "extern int32_t tw_things;", "tw_things is no function"),
            ("  double rate;\n", "  struct { double rate; } in;\n", "tw_thing_options has in of type struct"),
            (free, "typedef union tw_either { int64_t i; double d; } tw_either;", "union tw_either is a union"),
            (
                "  void (*release)(void *context);\n} tw_thing_functions",
                "} tw_thing_functions",
                "tw_thing_of has a context without void (*release)",
            ),
            (
                ",\n                                  void (*release)(void *context)",
                "",
                "tw_thing_custom has a context without void (*release)",
            ),
        ]:
            with self.subTest(message=message):
                headers = Headers(self, SAMPLE)
                headers.replace(old, new)
                status, output = headers.run("check")
                self.assertEqual(status, 1, output)
                self.assertIn(message, output)


if __name__ == "__main__":
    unittest.main()
