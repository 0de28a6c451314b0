import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { labelOf } from '@haidang/contracts/labels'
import type { Language } from '@haidang/contracts/person'
import { dateTime } from '../../format/instant.ts'

/** Sentences of a text, one a line, so that two versions are compared sentence by sentence. */
function sentences(text: string): string[] {
  return text.split(/\n+|(?<=[.!?;])\s+/).filter(Boolean)
}

/** An advisory as plain lines, each part under its name: what two versions are compared by. */
export function contentLines(
  content: AdvisoryContent,
  language: Language,
  names: Readonly<Record<'title' | 'summary' | 'action' | 'due', string>>,
): string {
  const { title, summary, action, cves, products, remediations, references, indicators } = content
  const due = content.answer_due_at
  return [
    `TLP:${content.tlp.toUpperCase()} · ${labelOf('severity', content.severity, language)}`,
    `${names.title}: ${title.vi}`,
    ...(title.en ? [`EN: ${title.en}`] : []),
    `${names.summary}:`,
    ...sentences(summary.vi),
    ...sentences(summary.en),
    `${names.action}:`,
    ...sentences(action.vi),
    ...sentences(action.en),
    ...(due ? [`${names.due}: ${dateTime(due)}`] : []),
    ...cves,
    ...products.map((one) =>
      [`${one.vendor} ${one.name} ${one.versions}`, one.fixed, one.cpe, one.purl]
        .filter(Boolean)
        .join(' · '),
    ),
    ...remediations.map(
      ({ kind, text, url }) =>
        `${labelOf('remediationKind', kind, language)}: ${[text, url].filter(Boolean).join(' ')}`,
    ),
    ...references.map((one) => `${one.title} ${one.url}`),
    ...indicators,
  ].join('\n')
}
