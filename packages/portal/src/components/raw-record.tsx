import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { marks } from './marks.ts'
import { Scrolled } from './scrolled.tsx'

interface RawRecordProps {
  readonly text: string
  /** Values to mark where they stand in the record. */
  readonly values?: readonly string[]
}

const none: readonly string[] = []

/** A record as it was received, with what made the rule fire marked in it. */
export function RawRecord({ text, values = none }: RawRecordProps) {
  const { t } = useLingui()
  const parts = useMemo(() => marks(text, values), [text, values])
  return (
    <Scrolled
      label={t`Bản ghi gốc`}
      className="max-h-72 overflow-auto whitespace-pre-wrap break-all rounded-control bg-sunken px-3 py-2.5 font-mono text-12 leading-relaxed"
    >
      {parts.map(({ at, text: part, marked }) =>
        marked ? (
          <mark key={at} className="rounded-[2px] bg-mark px-0.5 text-ink">
            {part}
          </mark>
        ) : (
          <span key={at}>{part}</span>
        ),
      )}
    </Scrolled>
  )
}
