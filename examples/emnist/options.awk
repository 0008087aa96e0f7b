# Looks at the options of the EMNIST program, by its own table, before there is a program.
#
#     awk -f options.awk -- FOLDER OPTION...      FOLDER: the example's, where options_table.inc is
#
# Prints the folder that the program will write to. Where an option is wrong, says so and exits with 2; where help is asked
# for, with 3. What it lets pass the program looks at again.

function refuse(message) {
  print "run.sh: " message > "/dev/stderr"
  print "Try 'sh run.sh --help'." > "/dev/stderr"
  exit 2
}

# A line is  KIND("name", field, limit, limit)  or  WORD("name", field, "one, another or a third").
function read_table(path,    line, words, parts) {
  while ((getline line < path) > 0) {
    if (line !~ /^[A-Z]+\(/) continue
    split(line, words, "\"")
    split(line, parts, /[(),] */)
    name_of[++count] = words[2]
    kind_of[words[2]] = parts[1]
    least_of[words[2]] = parts[4]
    most_of[words[2]] = parts[5]
    words_of[words[2]] = words[4]
  }
  close(path)
  name_of[++count] = "help"
  kind_of["help"] = "FLAG"
  if (count == 1) refuse(path " cannot be read")
}

# The option that a name is, or the only one that it begins, as getopt_long has it.
function find(name,    i, found) {
  if (name in kind_of) return name
  for (i = 1; i <= count; ++i) {
    if (index(name_of[i], name) != 1) continue
    if (found != "") refuse("option '--" name "' is ambiguous: --" found " or --" name_of[i])
    found = name_of[i]
  }
  if (found == "") refuse("unrecognized option '--" name "'")
  return found
}

function is_number(text) { return text ~ /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/ }

function is_count(text, least, most) { return text ~ /^[-+]?[0-9]+$/ && text + 0 >= least + 0 && text + 0 <= most + 0 }

function is_word(text, words,    i, parts, n) {
  n = split(words, parts, /, | or /)
  for (i = 1; i <= n; ++i) if (parts[i] == text) return 1
  return 0
}

# What a value must be, or nothing where it is that.
function wrong(name, text,    kind, least, most) {
  kind = kind_of[name]; least = least_of[name]; most = most_of[name]
  if (kind == "COUNT" && !is_count(text, least, most)) return "a whole number from " least " to " most
  if (kind == "SEED" && (text ~ /-/ || !is_count(text, 0, 18446744073709551615)))
    return "a whole number from 0 to 18446744073709551615"
  if (kind == "WORD" && !is_word(text, words_of[name])) return words_of[name]
  if (kind != "NUMBER" || text ~ /^\+?0[xX]/) return "" # C takes hexadecimal numbers too; the program sees to them
  if (is_number(text) && text + 0 >= 0 && text + 0 < (least == "INFINITY" ? 1.79e308 : least + 0))
    return ""
  return least == "INFINITY" ? "a number that is not negative" : "a number in [0, 1)"
}

function take(name, text,    expected) {
  if (name == "help") exit 3
  expected = wrong(name, text)
  if (expected != "") refuse("--" name " is '" text "'; it must be " expected)
  given[name] = text
}

# One option at ARGV[i]; the place of the last argument that it took.
function read_option(i,    text, name, end) {
  text = substr(ARGV[i], 3)
  end = index(text, "=")
  name = find(end > 0 ? substr(text, 1, end - 1) : text)
  if (kind_of[name] == "FLAG") {
    if (end > 0) refuse("option '--" name "' doesn't allow an argument")
    take(name, "")
    return i
  }
  if (end == 0 && i + 1 >= ARGC) refuse("option '--" name "' requires an argument")
  take(name, end > 0 ? substr(text, end + 1) : ARGV[i + 1])
  return end > 0 ? i : i + 1
}

function output_folder(    folder) {
  if ("resume" in given) {
    folder = given["resume"]
    if (!sub(/\/[^\/]*$/, "", folder)) return "."
    return folder == "" ? "/" : folder
  }
  if ("output" in given) return given["output"]
  return "output_" ("warmup" in given ? given["warmup"] : "linear")
}

BEGIN {
  read_table(ARGV[1] "/options_table.inc")
  for (i = 2; i < ARGC; ++i) {
    if (ARGV[i] == "-h") exit 3
    if (ARGV[i] == "--" && i + 1 == ARGC) break
    if (ARGV[i] ~ /^-[^-]/) refuse("invalid option -- '" substr(ARGV[i], 2, 1) "'")
    if (ARGV[i] !~ /^--./) refuse("'" ARGV[i] "' is no option")
    i = read_option(i)
  }
  if ("split" in given && !("data" in given) && !("resume" in given))
    refuse("--split chooses among the files of --data, which is not given")
  print output_folder()
}
