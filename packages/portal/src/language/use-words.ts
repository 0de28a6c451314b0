import { type LabelKind, labelOf } from '@haidang/contracts/labels'
import type { Language } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react'
import { useMemo } from 'react'
import { bytes, compactCount, number } from '../format/number.ts'
import { duration } from '../format/relative.ts'

/** The language in force, and the words and numbers of it. */
export function useWords() {
  const { i18n } = useLingui()
  const language: Language = i18n.locale === 'en' ? 'en' : 'vi'
  return useMemo(
    () => ({
      language,
      label: (kind: LabelKind, value: string) => labelOf(kind, value, language),
      number: (value: number, fractionDigits = 0) => number(value, language, fractionDigits),
      compact: (value: number) => compactCount(value, language),
      bytes: (value: number) => bytes(value, language),
      duration: (seconds: number) => duration(seconds, language),
    }),
    [language],
  )
}
