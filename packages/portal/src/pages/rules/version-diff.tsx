import type { RuleVersion } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Scrolled } from '../../components/scrolled.tsx'
import { cn } from '../../theme/cn.ts'
import { type DiffLine, diffLines, folded } from './text-diff.ts'

interface VersionDiffProps {
  readonly before: Pick<RuleVersion, 'version' | 'text'>
  readonly after: Pick<RuleVersion, 'version' | 'text'>
}

const looks: Record<DiffLine['kind'], string> = {
  same: '',
  removed: 'bg-critical-soft',
  added: 'bg-good-soft',
}
const signs: Record<DiffLine['kind'], string> = { same: ' ', removed: '−', added: '+' }

/** What a version changed: removed and added lines with three equal ones around them. */
export function VersionDiff({ before, after }: VersionDiffProps) {
  const { t } = useLingui()
  const parts = useMemo(() => folded(diffLines(before.text, after.text)), [before, after])
  if (before.text === after.text) {
    return <p className="py-3 text-ink-3">{t`Hai bản có nội dung giống hệt.`}</p>
  }
  return (
    <Scrolled
      label={t`Khác nhau giữa bản ${before.version} và bản ${after.version}`}
      className="max-h-[60vh] overflow-auto rounded-control bg-sunken py-2 font-mono text-12 leading-relaxed"
    >
      <div className="w-max min-w-full">
        {parts.map((part) =>
          'skipped' in part ? (
            <p key={`skip ${part.at}`} className="border-line border-y px-3 py-0.5 text-ink-3">
              {t`… ${part.skipped} dòng giống nhau`}
            </p>
          ) : (
            part.lines.map((line) => (
              <Line key={`${line.before ?? ''} ${line.after ?? ''}`} line={line} />
            ))
          ),
        )}
      </div>
    </Scrolled>
  )
}

function Line({ line: { kind, text, before, after } }: { line: DiffLine }) {
  const { t } = useLingui()
  const names = { same: '', removed: t`bỏ`, added: t`thêm` }
  const number = 'w-9 shrink-0 select-none pr-2 text-right text-ink-3'
  return (
    <div className={cn('flex', looks[kind])}>
      <span aria-hidden="true" className={number}>
        {before}
      </span>
      <span aria-hidden="true" className={number}>
        {after}
      </span>
      <span aria-hidden="true" className="w-4 shrink-0 select-none text-ink-2">
        {signs[kind]}
      </span>
      {kind === 'same' ? null : <span className="sr-only">{names[kind]}</span>}
      <code className="whitespace-pre pr-4">{text || ' '}</code>
    </div>
  )
}
