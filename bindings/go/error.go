package torchwarmup

import (
	"errors"
	"fmt"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Status is the kind of a failure. Each is an error too, for errors.Is:
//
//	if errors.Is(err, torchwarmup.ErrRange) { ... }
type Status int32

// The kinds of failures.
const (
	ErrArgument    = Status(raw.ErrorArgument)    // an argument is nil, malformed, or does not fit the others
	ErrType        = Status(raw.ErrorType)        // an object or a value is of a kind that the call cannot take
	ErrRange       = Status(raw.ErrorRange)       // a number lies outside its valid range
	ErrState       = Status(raw.ErrorState)       // the object is not in a state in which the call makes sense
	ErrMemory      = Status(raw.ErrorMemory)      // out of memory, on the host or on the device
	ErrDevice      = Status(raw.ErrorDevice)      // the device does not exist or failed
	ErrIO          = Status(raw.ErrorIo)          // the operating system refused to read or write a file
	ErrFormat      = Status(raw.ErrorFormat)      // a file's contents are not what they should be
	ErrTorch       = Status(raw.ErrorTorch)       // LibTorch refused the call
	ErrCallback    = Status(raw.ErrorCallback)    // a callback failed without a status of its own
	ErrInternal    = Status(raw.ErrorInternal)    // a fault in torch_warmup itself: please report it
	ErrNotFound    = Status(raw.ErrorNotFound)    // there is nothing of that name or key
	ErrCapacity    = Status(raw.ErrorCapacity)    // a buffer is too small
	ErrUnsupported = Status(raw.ErrorUnsupported) // this build, or the LibTorch that it uses, cannot do it
	ErrCancelled   = Status(raw.ErrorCancelled)   // a callback asked to stop
)

// ErrClosed is the error of a call on an object that has been closed.
var ErrClosed = owned.ErrClosed

// Error is the failure of a call.
type Error struct {
	Status  Status // the kind of failure
	Message string // what was wrong, with the values
	cause   error
}

// Error is the message.
func (e *Error) Error() string { return "torchwarmup: " + e.Message }

// Is says whether target is the error's Status.
func (e *Error) Is(target error) bool { return target == error(e.Status) }

// Unwrap is the error that a callback of the caller's returned, where that is why the call failed.
func (e *Error) Unwrap() error { return e.cause }

// Error is the status's name in C, such as TW_ERROR_RANGE.
func (s Status) Error() string { return raw.StatusName(raw.Status(s)) }

func init() {
	raw.NewError = func(status raw.Status, message string, cause error) error {
		return &Error{Status(status), message, cause}
	}
	raw.StatusOf = func(err error) raw.Status {
		var own *Error
		var status Status
		switch {
		case errors.As(err, &own):
			return raw.Status(own.Status)
		case errors.As(err, &status):
			return raw.Status(status)
		}
		return raw.ErrorCallback
	}
}

func failed(status Status, format string, values ...interface{}) error {
	return &Error{Status: status, Message: fmt.Sprintf(format, values...)}
}

// Version is the version of torch_warmup in this process, such as "0.2.0".
func Version() string { return raw.Version() }
