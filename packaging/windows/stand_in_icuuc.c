/* For Wine only, never shipped: Windows brings icuuc.dll, Wine 8 does not, and Qt6Core asks for these at its start.
   Every converter fails to open, which Qt takes as "this encoding is not known"; UTF-8 and UTF-16 are Qt's own. */
#define EXPORTED __declspec(dllexport)
#define FILE_ACCESS_ERROR 4

EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void ucnv_cbFromUWriteUChars(void) {}
EXPORTED void ucnv_cbToUWriteUChars(void) {}
EXPORTED void ucnv_close(void *converter) { (void)converter; }
EXPORTED int ucnv_countAvailable(void) { return 0; }
EXPORTED int ucnv_fromUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
EXPORTED void ucnv_fromUnicode(void) {}
EXPORTED const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
EXPORTED void ucnv_getFromUCallBack(void) {}
EXPORTED int ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
EXPORTED const char *ucnv_getName(void *converter, int *error) { (void)converter; (void)error; return 0; }
EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, int *error) {
    (void)name; (void)standard; (void)error;
    return 0;
}
EXPORTED void ucnv_getToUCallBack(void) {}
EXPORTED void *ucnv_open(const char *name, int *error) {
    (void)name;
    if (error) *error = FILE_ACCESS_ERROR;
    return 0;
}
EXPORTED void ucnv_reset(void *converter) { (void)converter; }
EXPORTED void ucnv_setFromUCallBack(void) {}
EXPORTED void ucnv_setToUCallBack(void) {}
EXPORTED int ucnv_toUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
EXPORTED void ucnv_toUnicode(void) {}
