import type { SystemMonitoring } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { Pill, type Tone } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'

/** What lists of systems can be narrowed by. */
export const systemFields = [
  'name',
  'code',
  'organisation_id',
  'operator_id',
  'tlp',
  'level',
  'approval',
  'importance',
  'direct',
  'indirect',
  'ranges',
  'completeness',
  'missing',
  'updated_at',
  'text',
]

export function LevelMark({ level }: { level: number | null }) {
  const { t } = useLingui()
  if (level === null) return <span className="text-ink-3">—</span>
  const tone: Tone = level >= 4 ? 'high' : level === 3 ? 'medium' : 'neutral'
  return <Pill tone={tone}>{t`Cấp độ ${level}`}</Pill>
}

/** Per cent, as a figure and a bar of that length. */
export function CompletenessBar({ value }: { value: number }) {
  const tone = value >= 80 ? 'bg-good' : value >= 50 ? 'bg-medium' : 'bg-high'
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-14 overflow-hidden rounded-full bg-line">
        <span className={`block h-full ${tone}`} style={{ width: `${value}%` }} />
      </span>
      <span className="tabular-nums">{value} %</span>
    </span>
  )
}

/** How far the better of both ways of monitoring is. */
export function MonitoringMark({ monitoring }: { monitoring: SystemMonitoring }) {
  const { label } = useWords()
  const way = monitoring.direct === 'none' ? 'indirect' : 'direct'
  const stage = monitoring[way]
  if (stage === 'none') return <span className="text-ink-3">{label('monitoringStage', stage)}</span>
  return (
    <Pill tone={stage === 'deployed' ? 'good' : 'accent'}>{label('monitoringStage', stage)}</Pill>
  )
}
