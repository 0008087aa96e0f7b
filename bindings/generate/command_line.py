"""The options that every script here has."""

import argparse


def only_checks(documentation):
    """Whether --check was given, and not --refresh. Anything else is answered with the documentation."""
    parser = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--refresh", action="store_true", help="write the files")
    what.add_argument("--check", action="store_true", help="fail where a file is not what would be written")
    return parser.parse_args().check
