import type { ProviderRow } from './provider-store.ts'

/** Whether an e-mail may enter: any where no domain is named. */
export function mayEnter(
  { domains }: Pick<ProviderRow, 'domains'>,
  email: string | undefined,
): boolean {
  if (domains.length === 0) return true
  const domain = email?.split('@').at(-1)?.toLowerCase()
  return domain !== undefined && domains.includes(domain)
}

/** Whether a sign-in at the provider is two factors, as far as the administrator trusts what it says. */
export function isStrong(
  { second_factor, factor_values }: Pick<ProviderRow, 'second_factor' | 'factor_values'>,
  means: readonly string[],
): boolean {
  if (second_factor === 'always') return true
  return second_factor === 'stated' && means.some((one) => factor_values.includes(one))
}
