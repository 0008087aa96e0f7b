/* Reads the header of a safetensors file. The JSON parser hands on what it meets, and whatever has no place in the format
   ends the reading there, so that memory never exceeds a small multiple of the text. */
#include "checkpoint/safetensors_header.h"

#include <algorithm>
#include <cinttypes>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>

namespace tw {
namespace {

constexpr size_t largest_dim = 64; /* as in checkpoints of Python's */

twi_quoted quote(const std::string &text) { return twi_quote(text.data(), text.size()); }

/* "F32": what the names of dtypes look like, those that are newer too. */
bool is_type_name(const std::string &text) {
  constexpr size_t longest = 32;
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= longest && text[0] >= 'A' && text[0] <= 'Z' &&
         std::all_of(text.begin(), text.end(), fits);
}

/* What the parser tells of the text, event by event; each gives false to end it. Its names are the parser's. */
class HeaderEvents {
 public:
  HeaderEvents(SafetensorsHeader &header, twi_fault &fault) : header_(header), fault_(fault) {}

  bool null() { return refuse("null"); }
  bool boolean(bool) { return refuse("a bool"); }
  bool number_integer(int64_t) { return refuse("a negative number"); }
  bool number_float(double, const std::string &) { return refuse("a number that is not whole, or too large"); }
  bool binary(std::vector<uint8_t> &) { return refuse("binary"); }

  bool number_unsigned(uint64_t number) {
    if (place_ == Place::shape) return add_size(number);
    if (place_ != Place::offsets) return refuse("a number");
    if (offset_count_ == 2) return fail_offsets();
    (offset_count_++ == 0 ? tensor_.begin : tensor_.end) = number;
    return true;
  }

  bool string(std::string &text) {
    if (place_ == Place::metadata) {
      header_.metadata.emplace_back(std::move(metadata_key_), std::move(text));
      return true;
    }
    return place_ == Place::tensor && field_ == Field::type ? set_type(text) : refuse("a string");
  }

  bool start_object(size_t) {
    if (place_ == Place::outside) {
      place_ = Place::header;
    } else if (place_ == Place::header) {
      place_ = tensor_.name == safetensors_metadata_name ? Place::metadata : Place::tensor;
    } else {
      return refuse("an object");
    }
    return place_ != Place::metadata || begin_metadata();
  }

  bool key(std::string &text) {
    if (place_ == Place::metadata) {
      metadata_key_ = std::move(text);
    } else if (place_ == Place::tensor) {
      return set_field(text);
    } else {
      tensor_ = SafetensorsTensor{};
      tensor_.name = std::move(text);
      fields_seen_ = 0;
    }
    return true;
  }

  bool end_object() {
    if (place_ == Place::header) {
      place_ = Place::outside;
      return true;
    }
    if (place_ == Place::tensor && !end_tensor()) return false;
    place_ = Place::header;
    return true;
  }

  bool start_array(size_t) {
    const bool wanted = place_ == Place::tensor && (field_ == Field::shape || field_ == Field::offsets);
    if (!wanted) return refuse("an array");
    place_ = field_ == Field::shape ? Place::shape : Place::offsets;
    offset_count_ = 0;
    return true;
  }

  bool end_array() {
    if (place_ == Place::offsets && offset_count_ != 2) return fail_offsets();
    place_ = Place::tensor;
    return true;
  }

  template <class Exception>
  bool parse_error(size_t position, const std::string &, const Exception &) {
    return twi_fault_format(&fault_, "byte %zu of its header is not JSON", position);
  }

 private:
  enum class Place { outside, header, metadata, tensor, shape, offsets };
  enum class Field { type, shape, offsets };
  static constexpr const char *field_names[] = {"dtype", "shape", "data_offsets"};

  const char *field_name() const { return field_names[static_cast<size_t>(field_)]; }

  /* A value of the wrong kind. */
  bool refuse(const char *what) {
    if (place_ == Place::outside) return twi_fault_format(&fault_, "its header is %s, not an object", what);
    if (place_ == Place::header)
      return twi_fault_format(&fault_, "under \"%s\" there is %s, not an object", quote(tensor_.name).text, what);
    if (place_ == Place::metadata)
      return twi_fault_format(&fault_, "the metadata \"%s\" is %s, not a string", quote(metadata_key_).text, what);
    const char *wanted = place_ != Place::tensor ? "a whole number" : field_ == Field::type ? "a string" : "an array";
    return twi_fault_format(&fault_, "in the %s of the tensor \"%s\" there is %s, not %s", field_name(),
                            quote(tensor_.name).text, what, wanted);
  }

  bool fail_offsets() {
    return twi_fault_format(&fault_, "the data_offsets of the tensor \"%s\" are not two numbers",
                            quote(tensor_.name).text);
  }

  bool begin_metadata() {
    const bool first = !std::exchange(has_metadata_, true);
    return first || twi_fault_format(&fault_, "its header has \"%s\" twice", safetensors_metadata_name);
  }

  bool set_field(const std::string &text) {
    const auto *found = std::find(std::begin(field_names), std::end(field_names), text);
    if (found == std::end(field_names))
      return twi_fault_format(&fault_, R"(the tensor "%s" has the entry "%s", which the format does not know)",
                              quote(tensor_.name).text, quote(text).text);
    field_ = static_cast<Field>(found - field_names);
    const unsigned bit = 1u << (found - field_names);
    if ((fields_seen_ & bit) != 0)
      return twi_fault_format(&fault_, "the tensor \"%s\" has its %s twice", quote(tensor_.name).text, field_name());
    fields_seen_ |= bit;
    return true;
  }

  bool set_type(const std::string &text) {
    for (const SafetensorsType &type : safetensors_types) {
      if (text != type.name) continue;
      tensor_.element = type.element;
      return true;
    }
    if (!is_type_name(text))
      return twi_fault_format(&fault_, "the tensor \"%s\" is of the dtype \"%s\", which is no name of one",
                              quote(tensor_.name).text, quote(text).text);
    tensor_.element = TWI_ELEMENT_UNTYPED;
    tensor_.foreign_type = text;
    return true;
  }

  bool add_size(uint64_t size) {
    if (tensor_.sizes.size() == largest_dim)
      return twi_fault_unsupported(&fault_, "the tensor \"%s\" has more than %zu dimensions", quote(tensor_.name).text,
                                   largest_dim);
    if (size > INT64_MAX)
      return twi_fault_format(&fault_, "the tensor \"%s\" has the size %" PRIu64 ", which is too large",
                              quote(tensor_.name).text, size);
    tensor_.sizes.push_back(static_cast<int64_t>(size));
    return true;
  }

  bool end_tensor() {
    for (size_t i = 0; i < std::size(field_names); ++i)
      if ((fields_seen_ & (1u << i)) == 0)
        return twi_fault_format(&fault_, "the tensor \"%s\" has no %s", quote(tensor_.name).text, field_names[i]);
    header_.tensors.push_back(std::move(tensor_));
    return true;
  }

  SafetensorsHeader &header_;
  twi_fault &fault_;
  Place place_ = Place::outside;
  SafetensorsTensor tensor_; /* the one that is being read */
  Field field_ = Field::type;
  unsigned fields_seen_ = 0; /* a bit each */
  size_t offset_count_ = 0;
  bool has_metadata_ = false;
  std::string metadata_key_;
};

/* The texts that a function gives of the items must differ. */
template <class Items, class TextOf>
bool check_unique(const Items &items, TextOf text_of, twi_fault &fault) {
  std::vector<const std::string *> texts;
  texts.reserve(items.size());
  for (const auto &item : items) texts.push_back(&text_of(item));
  std::sort(texts.begin(), texts.end(), [](const auto *a, const auto *b) { return *a < *b; });
  const auto twice =
      std::adjacent_find(texts.begin(), texts.end(), [](const auto *a, const auto *b) { return *a == *b; });
  return twice == texts.end() || twi_fault_format(&fault, "its header has the name \"%s\" twice", quote(**twice).text);
}

/* Of a type that is not known, only the place says how many bytes a tensor has. */
bool has_known_size(const SafetensorsTensor &tensor) {
  return tensor.foreign_type.empty() || find_foreign_type(tensor.foreign_type) != nullptr;
}

bool check_place(const SafetensorsTensor &tensor, uint64_t expected, twi_fault &fault) {
  const twi_quoted name = quote(tensor.name);
  uint64_t bytes = 0;
  if (!count_safetensors_bytes(bytes, tensor))
    return twi_fault_format(&fault, "the sizes of the tensor \"%s\" are too large, or end within a byte", name.text);
  if (tensor.begin != expected)
    return twi_fault_format(
        &fault, "the tensor \"%s\" begins at byte %" PRIu64 " of the data, and not at %" PRIu64 ": %s", name.text,
        tensor.begin, expected, tensor.begin < expected ? "tensors overlap" : "there is a hole");
  if (tensor.end < tensor.begin || (has_known_size(tensor) && tensor.end - tensor.begin != bytes))
    return twi_fault_format(&fault,
                            "the tensor \"%s\" has %" PRIu64 " bytes, but its place is from %" PRIu64 " to %" PRIu64,
                            name.text, bytes, tensor.begin, tensor.end);
  return true;
}

bool check_places(const SafetensorsHeader &header, uint64_t data_size, twi_fault &fault) {
  uint64_t end = 0;
  for (const SafetensorsTensor &tensor : header.tensors) {
    if (!check_place(tensor, end, fault)) return false;
    end = tensor.end;
  }
  return end == data_size ||
         twi_fault_format(&fault, "its tensors have %" PRIu64 " bytes, but %" PRIu64 " follow the header", end,
                          data_size);
}

}  // namespace

const SafetensorsForeignType *find_foreign_type(const std::string &name) {
  const auto *found = std::find_if(std::begin(safetensors_foreign_types), std::end(safetensors_foreign_types),
                                   [&](const SafetensorsForeignType &type) { return name == type.name; });
  return found != std::end(safetensors_foreign_types) ? found : nullptr;
}

bool count_safetensors_bytes(uint64_t &out, const SafetensorsTensor &tensor) {
  const SafetensorsForeignType *foreign = find_foreign_type(tensor.foreign_type);
  uint64_t product = foreign != nullptr ? foreign->bits : twi_element_size(tensor.element);
  bool empty = false;
  for (const int64_t size : tensor.sizes) {
    const auto factor = static_cast<uint64_t>(std::max<int64_t>(size, 1));
    if (product > INT64_MAX / factor) return false;
    product *= factor;
    empty = empty || size == 0;
  }
  if (foreign != nullptr && product % 8 != 0) return false;
  out = empty ? 0 : foreign != nullptr ? product / 8 : product;
  return true;
}

bool read_safetensors_length(uint64_t &out, const SafetensorsPrefix &prefix, uint64_t file_size, twi_fault &fault) {
  static const unsigned char zip[] = {'P', 'K', 3, 4};
  if (std::equal(std::begin(zip), std::end(zip), prefix.begin()))
    return twi_fault_format(&fault, "it is a zip archive, such as tw_checkpoint_load reads");
  uint64_t length = 0;
  for (size_t i = prefix.size(); i-- > 0;) length = length << 8 | prefix[i];
  if (length > largest_safetensors_header)
    return twi_fault_format(&fault, "its header has %" PRIu64 " bytes, and at most %" PRIu64 " are allowed", length,
                            largest_safetensors_header);
  if (length > file_size - prefix.size())
    return twi_fault_format(&fault, "its header has %" PRIu64 " bytes, but only %" PRIu64 " follow its length", length,
                            file_size - prefix.size());
  out = length;
  return true;
}

bool read_safetensors_header(SafetensorsHeader &out, const char *text, size_t length, uint64_t data_size,
                             twi_fault &fault) {
  if (length == 0 || text[0] != '{') return twi_fault_format(&fault, "its header does not begin with {");
  /* Which the parser takes for the end of the text. */
  if (const void *zero = std::memchr(text, 0, length))
    return twi_fault_format(&fault, "byte %td of its header is 0", static_cast<const char *>(zero) - text + 1);
  HeaderEvents events(out, fault);
  if (!nlohmann::json::sax_parse(text, text + length, &events)) return false;
  if (!check_unique(
          out.tensors, [](const auto &tensor) -> auto & { return tensor.name; }, fault))
    return false;
  if (!check_unique(
          out.metadata, [](const auto &entry) -> auto & { return entry.first; }, fault))
    return false;
  std::stable_sort(out.tensors.begin(), out.tensors.end(),
                   [](const auto &a, const auto &b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
  return check_places(out, data_size, fault);
}

}  // namespace tw
