import type { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useMe } from '../api/session.ts'
import { cn } from '../theme/cn.ts'

export type Tone = 'neutral' | 'accent' | 'good' | 'critical' | 'high' | 'medium' | 'low'

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-2 border-line',
  accent: 'bg-accent-soft text-accent border-transparent',
  good: 'bg-good-soft text-good border-transparent',
  critical: 'bg-critical-soft text-critical border-transparent',
  high: 'bg-high-soft text-high border-transparent',
  medium: 'bg-medium-soft text-medium border-transparent',
  low: 'bg-low-soft text-low border-transparent',
}

/** The state of a thing, in a word. */
export function Pill({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 max-w-full shrink-0 items-center gap-1 truncate rounded-full border px-2 font-medium text-12',
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}

const tlpColours: Record<Tlp, string> = {
  clear: 'text-white',
  green: 'text-[#33ff00]',
  amber: 'text-[#ffc000]',
  'amber+strict': 'text-[#ffc000]',
  red: 'text-[#ff2b2b]',
}

/** Traffic light label in FIRST's own colours on black (TLP 2.0). */
export function TlpLabel({ tlp }: { tlp: Tlp }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center rounded-[3px] bg-black px-1.5 font-mono text-[11px] uppercase',
        tlpColours[tlp],
      )}
    >
      TLP:{tlp}
    </span>
  )
}

/** Says that what it stands beside was made by a replay and is not real. */
export function SimulatedMark() {
  const { t } = useLingui()
  return (
    <HatchedMark title={t`Dữ liệu mô phỏng, không phải sự việc có thật`}>{t`MÔ PHỎNG`}</HatchedMark>
  )
}

/** Says that what it stands beside is part of an exercise and counted in no real figure. */
export function ExerciseMark() {
  const { t } = useLingui()
  return <HatchedMark title={t`Diễn tập, không tính vào số liệu thật`}>{t`DIỄN TẬP`}</HatchedMark>
}

function HatchedMark({ title, children }: { title: string; children: ReactNode }) {
  return (
    <span
      title={title}
      className="inline-flex h-5 shrink-0 items-stretch overflow-hidden whitespace-nowrap rounded-[3px] bg-simulated-soft font-semibold text-[11px] text-simulated"
    >
      <span className="hatched w-2" />
      <span className="flex items-center px-1.5">{children}</span>
    </span>
  )
}

/**
 * The same in a row of a list. Where the whole node is simulated its word stands on top of every page, and repeating it
 * on every row would drown the rows: there the hatching alone remains.
 */
export function SimulatedRow() {
  const { t } = useLingui()
  const { node } = useMe()
  if (!node.simulated) return <SimulatedMark />
  return (
    <span title={t`MÔ PHỎNG`} className="hatched h-3.5 w-2 shrink-0 rounded-[2px]">
      <span className="sr-only">{t`MÔ PHỎNG`}</span>
    </span>
  )
}
