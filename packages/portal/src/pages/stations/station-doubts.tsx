import type { Doubt } from '@haidang/contracts/doubt'
import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { LiftDoubtDialog, MarkDoubtDialog } from './doubt-dialogs.tsx'

/** From when to when what a station below told is not relied on. */
export function StationDoubts({ station }: { station: Station }) {
  return station.local ? null : <Doubts station={station} />
}

function Doubts({ station }: { station: Station }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [marking, setMarking] = useState(false)
  const [lifting, setLifting] = useState<Doubt>()
  const { id } = station
  const query = useQuery({
    queryKey: ['doubts', id],
    queryFn: ({ signal }) => api.doubts.list({ params: { id }, query: { limit: 50 } }, signal),
  })
  return (
    <Section
      title={t`Độ tin cậy của dữ liệu`}
      acts={
        <Button size="small" refusal={refusal('station.manage')} onClick={() => setMarking(true)}>
          {t`Đánh dấu đáng ngờ…`}
        </Button>
      }
    >
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">
              {t`Chưa có khoảng thời gian nào bị đánh dấu đáng ngờ.`}
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((doubt) => (
                <DoubtLine key={doubt.id} doubt={doubt} onLift={() => setLifting(doubt)} />
              ))}
            </ul>
          )
        }
      </Asked>
      {marking ? <MarkDoubtDialog station={station} onClose={() => setMarking(false)} /> : null}
      {lifting ? <LiftDoubtDialog doubt={lifting} onClose={() => setLifting(undefined)} /> : null}
    </Section>
  )
}

function DoubtLine({ doubt, onLift }: { doubt: Doubt; onLift: () => void }) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  const { basis, starts_at, ends_at, alerts, reason, lifted_at } = doubt
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      {lifted_at ? <Pill>{t`đã gỡ`}</Pill> : <Pill tone="high">{t`đáng ngờ`}</Pill>}
      <span>
        <Time at={starts_at} as="absolute" />
        {' – '}
        {ends_at ? <Time at={ends_at} as="absolute" /> : t`tới khi gỡ`}
      </span>
      <span className="text-ink-2">
        {basis === 'received' ? t`theo lúc nhận` : t`theo lúc xảy ra`} ·{' '}
        {t`${number(alerts)} cảnh báo`}
      </span>
      {lifted_at ? null : (
        <Button
          look="quiet"
          size="small"
          className="ml-auto"
          refusal={refusal('station.manage')}
          onClick={onLift}
        >
          {t`Gỡ đánh dấu…`}
        </Button>
      )}
      <p className="w-full text-ink-2">
        {reason} <span className="text-ink-3">({doubt.created_by})</span>
      </p>
      {lifted_at ? (
        <p className="w-full text-ink-3">
          {t`Gỡ:`} {doubt.lifted_reason} ({doubt.lifted_by}, <Time at={lifted_at} as="absolute" />)
        </p>
      ) : null}
    </li>
  )
}
