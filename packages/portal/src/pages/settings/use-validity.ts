import { useLingui } from '@lingui/react/macro'
import { plainDate } from '../../format/instant.ts'

interface Dated {
  readonly valid_from: string | null
  readonly valid_to: string | null
}

/** Says from when to when something holds; nothing for what always does. */
export function useValidity(): (dated: Dated) => string {
  const { t } = useLingui()
  return (dated) => {
    const from = plainDate(dated.valid_from ?? '')
    const to = plainDate(dated.valid_to ?? '')
    if (from && to) return t`từ ${from} đến hết ${to}`
    if (from) return t`từ ${from}`
    return to ? t`đến hết ${to}` : ''
  }
}
