import { type MonitoringStage, MonitoringStage as stages } from '@haidang/contracts/system'

interface Monitored {
  readonly level: number | null
  readonly importance: readonly string[]
}

/** Level from which on a system may be monitored directly (1017 II.2.a). */
const directFrom = 3

/**
 * Why monitoring cannot move to a stage, or undefined where it can: one stage forward, or back to any before.
 * Direct monitoring is for level 3 and up and for nationally important systems.
 */
export function stageRefusal(
  system: Monitored,
  way: 'direct' | 'indirect',
  from: MonitoringStage,
  to: MonitoringStage,
): string | undefined {
  const step = stages.options.indexOf(to) - stages.options.indexOf(from)
  if (step === 0) return `it is ${from} already`
  if (step > 1) return `from ${from} the next stage is ${nextOf(from)}`
  if (step === 1 && way === 'direct' && to !== 'surveyed' && !mayBeDirect(system)) {
    return 'direct monitoring is for level 3 and up and for nationally important systems'
  }
  return undefined
}

function mayBeDirect({ level, importance }: Monitored): boolean {
  return (level ?? 0) >= directFrom || importance.includes('nationally_important')
}

function nextOf(stage: MonitoringStage): MonitoringStage | undefined {
  return stages.options[stages.options.indexOf(stage) + 1]
}
