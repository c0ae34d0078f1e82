/* Wine 8 lacks this library of Windows, which Rust's random numbers come from. It goes into Wine's System32 and
 * is not shipped: Windows has the real one there. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return RtlGenRandom(data, (ULONG)size); }
