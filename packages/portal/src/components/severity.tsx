import type { Language } from '@haidang/contracts/person'
import type { Severity } from '@haidang/contracts/severity'
import { useWords } from '../language/use-words.ts'
import { cn } from '../theme/cn.ts'

const letters: Record<Language, Record<Severity, string>> = {
  vi: { critical: 'NT', high: 'C', medium: 'TB', low: 'T', informational: 'TT' },
  en: { critical: 'C', high: 'H', medium: 'M', low: 'L', informational: 'I' },
}
const tones: Record<Severity, string> = {
  critical: 'text-critical',
  high: 'text-high',
  medium: 'text-medium',
  low: 'text-low',
  informational: 'text-ink-3',
}
const fills: Record<Severity, string> = {
  critical: 'fill-critical-fill stroke-critical-fill',
  high: 'fill-high-fill stroke-high-fill',
  medium: 'fill-medium-fill stroke-medium-fill',
  low: 'fill-none stroke-low',
  informational: 'fill-none stroke-ink-3',
}

/** Diamond, triangle, square, ring, dash: the shape of a level, readable without its colour. */
export function SeverityShape({ severity }: { severity: Severity }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className={cn('size-3 shrink-0', fills[severity])}>
      {severity === 'critical' ? <path d="M6 .5 11.5 6 6 11.5.5 6z" strokeWidth="0" /> : null}
      {severity === 'high' ? <path d="M6 1 11.5 11H.5z" strokeWidth="0" /> : null}
      {severity === 'medium' ? <rect x="1.5" y="1.5" width="9" height="9" strokeWidth="0" /> : null}
      {severity === 'low' ? <circle cx="6" cy="6" r="4.25" strokeWidth="1.75" /> : null}
      {severity === 'informational' ? <path d="M2 6h8" strokeWidth="2" /> : null}
    </svg>
  )
}

/** A level as shape and first letters (narrow), or shape and word. */
export function SeverityMark({ severity, word = false }: { severity: Severity; word?: boolean }) {
  const { label, language } = useWords()
  const name = label('severity', severity)
  return (
    <span
      className={cn('inline-flex items-center gap-1.5 font-medium', tones[severity])}
      title={name}
    >
      <SeverityShape severity={severity} />
      {word ? (
        <span>{name}</span>
      ) : (
        <>
          <span aria-hidden="true">{letters[language][severity]}</span>
          <span className="sr-only">{name}</span>
        </>
      )}
    </span>
  )
}
