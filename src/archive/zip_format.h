/* The numbers of the zip format (PKWARE's APPNOTE.TXT, sections 4.3 to 4.5) that files of PyTorch use: entries that are
   stored, or in TorchScript's compressed, with 64-bit sizes where 32 bits do not hold them. */
#ifndef TWI_ZIP_FORMAT_H
#define TWI_ZIP_FORMAT_H

#define TWI_ZIP_LOCAL_HEADER 0x04034b50u
#define TWI_ZIP_DESCRIPTOR 0x08074b50u
#define TWI_ZIP_CENTRAL_HEADER 0x02014b50u
#define TWI_ZIP_END 0x06054b50u
#define TWI_ZIP64_END 0x06064b50u
#define TWI_ZIP64_LOCATOR 0x07064b50u

enum {
  TWI_ZIP_LOCAL_HEADER_SIZE = 30,
  TWI_ZIP_CENTRAL_HEADER_SIZE = 46,
  TWI_ZIP_END_SIZE = 22,
  TWI_ZIP64_END_SIZE = 56,
  TWI_ZIP64_LOCATOR_SIZE = 20,

  TWI_ZIP_FLAG_ENCRYPTED = 1 << 0,
  TWI_ZIP_FLAG_EFFORT = 3 << 1,     /* how hard the compressor tried */
  TWI_ZIP_FLAG_DESCRIPTOR = 1 << 3, /* CRC and sizes come behind the data */
  TWI_ZIP_FLAG_UTF8 = 1 << 11,

  TWI_ZIP_STORED = 0, /* methods */
  TWI_ZIP_DEFLATED = 8,

  TWI_ZIP64_EXTRA = 1,      /* the extra field with 64-bit sizes and offsets */
  TWI_ZIP_PADDING = 0x4246, /* the extra field, "FB", with which torch.save aligns the data */
  TWI_ZIP_ALIGNMENT = 64
};

#endif
