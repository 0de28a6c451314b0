import type { Handover, HandoverState } from '@haidang/contracts/handover'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Handshake } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { PrepareDialog } from './prepare-dialog.tsx'

const tones: Record<HandoverState, Tone> = {
  prepared: 'high',
  taken: 'accent',
  acknowledged: 'good',
  withdrawn: 'neutral',
}

/** How it stands with a hand-over. */
export function HandoverPill({ state }: Pick<Handover, 'state'>) {
  const { label } = useWords()
  return <Pill tone={tones[state]}>{label('handoverState', state)}</Pill>
}

/** Hand-overs, the newest first, and the way to make one. */
export function HandoversTab() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [isMaking, setMaking] = useState(false)
  const pages = usePages({
    queryKey: ['handovers', 'list'],
    read: (cursor, signal) => api.handovers.list({ query: { limit: 50, cursor } }, signal),
  })
  const { query, items } = pages
  const make = (
    <Button look="primary" refusal={refusal('shift.stand')} onClick={() => setMaking(true)}>
      <Handshake aria-hidden="true" className="size-4" />
      {t`Bàn giao ca`}
    </Button>
  )
  return (
    <>
      {items.length > 0 ? <div className="flex justify-end pb-2">{make}</div> : null}
      <ListStates
        pages={pages}
        empty={
          <Empty title={t`Chưa có bàn giao nào`} act={make}>
            {t`Cuối ca, bàn giao mọi việc còn mở: hệ thống tự liệt kê, người nhận xác nhận thì việc thuộc về họ.`}
          </Empty>
        }
      >
        <ul className="divide-y divide-line">
          {items.map((handover) => (
            <HandoverLine key={handover.id} handover={handover} />
          ))}
        </ul>
        <MoreRows query={query} />
      </ListStates>
      {isMaking ? <PrepareDialog onClose={() => setMaking(false)} /> : null}
    </>
  )
}

function HandoverLine({ handover }: { handover: Handover }) {
  const { t } = useLingui()
  const { id, from, to, shift, state, prepared_at, item_count, open_count, automatic } = handover
  const done = item_count - open_count
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 text-13">
      <HandoverPill state={state} />
      <Link
        to="/handovers/$id"
        params={{ id }}
        className="min-h-6 font-medium text-accent hover:underline"
      >
        {to ? `${from.name} → ${to.name}` : t`${from.name} bàn giao`}
      </Link>
      <span className="text-ink-2">{shift?.name ?? ''}</span>
      {automatic ? <Pill tone="medium">{t`hệ thống tự lập`}</Pill> : null}
      <span className="text-ink-2">
        <Trans>
          {done}/{item_count} mục đã nhận
        </Trans>
      </span>
      <Time at={prepared_at} className="ml-auto text-12 text-ink-3" />
    </li>
  )
}
