/**
 * @file base.h
 * What every other header rests on: status codes, the last error, versions.
 */
#ifndef TORCH_WARMUP_BASE_H
#define TORCH_WARMUP_BASE_H

#include <stddef.h>
#include <stdint.h>

/** How an exported function is declared. May be defined before, such as to nothing for a parser of C. */
#ifndef TW_API
#if defined(_WIN32)
#if defined(TORCH_WARMUP_BUILDING)
#define TW_API __declspec(dllexport)
#else
#define TW_API __declspec(dllimport)
#endif
#else
#define TW_API __attribute__((visibility("default")))
#endif
#endif

/** An exported function whose status is to be looked at: a compiler warns where it is not. */
#ifndef TW_CALL
#if defined(__GNUC__)
#define TW_CALL TW_API __attribute__((warn_unused_result))
#else
#define TW_CALL TW_API
#endif
#endif

/** The version of these headers; that of the library in the process is tw_version. */
#define TW_VERSION_MAJOR 0
#define TW_VERSION_MINOR 2
#define TW_VERSION_PATCH 0
/** The same as one number that grows: 200 for 0.2.0. Compare with tw_version_number. */
#define TW_VERSION_NUMBER (TW_VERSION_MAJOR * 10000 + TW_VERSION_MINOR * 100 + TW_VERSION_PATCH)

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status and errors ------------------------------------------------------------------------------------------- */

/**
 * What a call returns. The numbers are fixed for ever; new ones are added at the end.
 *
 * This and every other enumeration of these headers is signed and has 32 bits, which its two last members see to: no
 * call gives them, and giving them to a call is TW_ERROR_ARGUMENT.
 */
typedef enum tw_status {
  TW_OK = 0,
  TW_ERROR_ARGUMENT = 1,     /**< an argument is null, malformed, or does not fit the others */
  TW_ERROR_TYPE = 2,         /**< an object or a value is of a kind that the call cannot take */
  TW_ERROR_RANGE = 3,        /**< a number lies outside its valid range */
  TW_ERROR_STATE = 4,        /**< the object is not in a state in which the call makes sense */
  TW_ERROR_MEMORY = 5,       /**< out of memory, on the host or on the device */
  TW_ERROR_DEVICE = 6,       /**< the device does not exist or failed */
  TW_ERROR_IO = 7,           /**< the operating system refused to read or write a file */
  TW_ERROR_FORMAT = 8,       /**< a file's contents are not what they should be */
  TW_ERROR_TORCH = 9,        /**< LibTorch refused the call; its message is in tw_last_error */
  TW_ERROR_CALLBACK = 10,    /**< a callback failed without a status of its own: for a callback to return */
  TW_ERROR_INTERNAL = 11,    /**< a fault in torch_warmup itself: please report it */
  TW_ERROR_NOT_FOUND = 12,   /**< there is nothing of that name or key: no such option, entry, operator, module */
  TW_ERROR_CAPACITY = 13,    /**< the caller's buffer is too small; needed says how much there is */
  TW_ERROR_UNSUPPORTED = 14, /**< this build, or the LibTorch that it uses, cannot do it */
  TW_ERROR_CANCELLED = 15,   /**< a callback asked to stop: for a callback to return */
  TW_STATUS_UNKNOWN = -1,
  TW_STATUS_MAX_ENUM = 0x7fffffff
} tw_status;

/**
 * The calling thread's message for its last failed call: what was wrong, with the values.
 *
 * @return a string that is never NULL, "" before the first failure. It is borrowed: valid until this thread's next
 *         failing call. A successful call leaves it as it is.
 */
TW_API const char *tw_last_error(void);

/**
 * Copies what tw_last_error gives, for languages whose tasks move from thread to thread: hold the thread from the call
 * that failed to this one.
 *
 * @param out       borrows: room for capacity bytes, as for every buffer: see the guide at the top of
 *                  torch_warmup_core.h.
 * @param needed    how many bytes the message has, its closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small; the message stays what it was
 */
TW_CALL tw_status tw_last_error_copy(char *out, size_t capacity, size_t *needed);

/**
 * Sets the calling thread's message, for a callback that is about to return a failure: the call that ran it fails with
 * the callback's status and, behind the callback's name, this message.
 *
 * @param message  borrows: NULL stands for "".
 */
TW_API void tw_set_last_error(const char *message);

/**
 * A status's name as this header spells it, such as "TW_ERROR_RANGE".
 *
 * @return a string constant; "TW_STATUS_UNKNOWN" for a number that is no status.
 */
TW_API const char *tw_status_name(tw_status status);

/* ---- versions ---------------------------------------------------------------------------------------------------- */

/** The version of torch_warmup in this process, such as "0.2.0". */
TW_API const char *tw_version(void);

/** The same as a number, as TW_VERSION_NUMBER is made. */
TW_API int32_t tw_version_number(void);

#ifdef __cplusplus
}
#endif

#endif
