/* The reference values of tests/fixtures: a header row, then a row a line; no quoting. */
#pragma once

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace tw::test {

/* Csv rows("lr_traces/step_lr.csv"); for (size_t i = 0; i < rows.size(); ++i) use(rows.number(i, "lr0")); */
class Csv {
 public:
  /* path is relative to the folder of fixtures. */
  explicit Csv(const std::string &path) : path_(path) {
    std::ifstream file(std::string(TW_FIXTURES "/") + path);
    std::string line;
    if (!std::getline(file, line)) throw std::runtime_error(path + " cannot be read or is empty");
    header_ = split(line);
    while (std::getline(file, line)) {
      if (line.empty()) continue;
      rows_.push_back(split(line));
      if (rows_.back().size() != header_.size()) throw std::runtime_error(path + ": a row of another length: " + line);
    }
    if (rows_.empty()) throw std::runtime_error(path + " has no rows");
  }

  size_t size() const { return rows_.size(); }

  bool has(const std::string &column) const {
    for (const std::string &name : header_)
      if (name == column) return true;
    return false;
  }

  /* The field as it stands; "" where it is empty. */
  const std::string &text(size_t row, const std::string &column) const {
    for (size_t i = 0; i < header_.size(); ++i)
      if (header_[i] == column) return rows_.at(row)[i];
    throw std::runtime_error(path_ + " has no column " + column);
  }

  /* The field as a double, decimal or C99 hexadecimal. */
  double number(size_t row, const std::string &column) const {
    const std::string &field = text(row, column);
    char *end = nullptr;
    const double value = std::strtod(field.c_str(), &end);
    if (field.empty() || *end != '\0') throw std::runtime_error(path_ + ": not a number: \"" + field + "\"");
    return value;
  }

 private:
  /* "a,,b," is four fields, two of them empty. */
  static std::vector<std::string> split(std::string line) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> fields(1);
    for (char c : line)
      if (c == ',')
        fields.emplace_back();
      else
        fields.back() += c;
    return fields;
  }

  std::string path_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tw::test
