/* base/decimal.h: exact numbers: a 64-bit integer and a power of ten. No binary floating point anywhere.
 *
 * Money is scale 2 (fen in one yuan = 100). Quotients round half away from zero. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#define DECIMAL_SCALE_MAX 9
#define DECIMAL_SIZE      32 /* room for any value as text */
#define MONEY_SCALE       2

typedef struct Decimal {
    int64_t units; /* value × 10^scale */
    int scale;     /* 0 … DECIMAL_SCALE_MAX */
} Decimal;

typedef enum {
    DECIMAL_OK,
    DECIMAL_NOT_A_NUMBER,
    DECIMAL_TOO_FINE, /* more decimals than the scale holds, and they are not zeros */
    DECIMAL_TOO_LARGE,
} DecimalResult;

/* Reads "1,234.50", full-width digits and signs, spaces around; at most `scale` decimals. */
DecimalResult decimal_parse(const char *text, int scale, int64_t *ret_units);
/* "9736500" or "3.62": no exponent, no thousands separators, no trailing zeros after the point. */
void decimal_format(Decimal value, char ret_text[DECIMAL_SIZE]);
char *decimal_text(const void *ctx, Decimal value); /* the same, owned by ctx */
/* The same with exactly `scale` decimals: "15.0". */
void decimal_format_fixed(Decimal value, char ret_text[DECIMAL_SIZE]);

/* False (and *ret untouched) when the result does not fit 64 bits. */
bool decimal_rescale(Decimal value, int scale, Decimal *ret); /* rounds half away from zero when digits fall away */
bool decimal_add(Decimal a, Decimal b, Decimal *ret);
bool decimal_subtract(Decimal a, Decimal b, Decimal *ret);
bool decimal_multiply(Decimal a, Decimal b, Decimal *ret);
bool decimal_divide(Decimal a, Decimal b, int scale, Decimal *ret); /* false also when b is 0 */
int64_t decimal_power(int n);                                       /* 10^n, n up to 18; 1 for n below 0 */
int decimal_compare(Decimal a, Decimal b);                          /* <0, 0, >0; exact across scales */

#endif
