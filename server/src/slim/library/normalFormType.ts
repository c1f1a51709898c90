/**
 * The JSON values that the effective-arguments format uses for Python values (its section 3).
 * A type only: `normalForm.ts` makes and compares them.
 */

/** A JSON value of the format. */
export type NormalForm =
  null | boolean | number | string | readonly NormalForm[] | { readonly [key: string]: NormalForm };
