/* Wine 8 lacks this library of Windows, which Rust's random numbers come from. Beside Wine's python.exe only;
 * what we ship finds the real one in System32. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return RtlGenRandom(data, (ULONG)size); }
