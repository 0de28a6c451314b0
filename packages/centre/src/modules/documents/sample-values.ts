import type { DocumentKind } from '@haidang/contracts/document'
import { documentPlaceholders } from '@haidang/contracts/document-placeholders'
import type { Value, Values } from './document.ts'

/** What a preview shows where there is no subject. */
export function sampleValues(kind: DocumentKind): Values {
  const values = Object.entries(documentPlaceholders[kind]).map(
    ([name, { form, sample }]): [string, Value] => {
      if (form === 'text') return [name, String(sample)]
      const texts = typeof sample === 'string' ? [sample] : sample
      return [name, form === 'table' ? [texts] : texts]
    },
  )
  return Object.fromEntries(values)
}
