import type { Expert } from '@haidang/contracts/expert'
import { Plural, useLingui } from '@lingui/react/macro'
import { Pill } from '../../components/pill.tsx'
import { inputTime, secondsFromNow } from '../../format/instant.ts'

/** Whether an expert may be called at any hour. */
export function OnCallMark({ expert }: { expert: Expert }) {
  const { t } = useLingui()
  return expert.on_call ? <Pill tone="good">{t`trực`}</Pill> : <span className="text-ink-3">—</span>
}

/** How many certificates of an expert hold today, and whether one ran out. */
export function CertificateMark({ expert: { certificates } }: { expert: Expert }) {
  const today = inputTime(secondsFromNow(0)).slice(0, 10)
  const lapsed = certificates.filter(({ valid_to }) => valid_to !== null && valid_to < today)
  const held = certificates.filter(
    ({ valid_from, valid_to }) =>
      (valid_from === null || valid_from <= today) && (valid_to === null || valid_to >= today),
  )
  if (certificates.length === 0) return <span className="text-ink-3">—</span>
  if (lapsed.length > 0)
    return (
      <Pill tone="medium">
        <Plural value={lapsed.length} other="# đã hết hạn" />
      </Pill>
    )
  return <Plural value={held.length} other="# còn hạn" />
}
