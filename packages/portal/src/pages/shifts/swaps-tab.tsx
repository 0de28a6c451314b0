import type { Shift, ShiftSwap, SwapState } from '@haidang/contracts/shift'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { complain } from '../../components/toast.tsx'
import { dateTime } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

const tones: Record<SwapState, Tone> = {
  asked: 'accent',
  agreed: 'good',
  declined: 'critical',
  withdrawn: 'neutral',
}

/** Who asked whom to stand a shift, and what they said. */
export function SwapsTab() {
  const { t } = useLingui()
  const pages = usePages({
    queryKey: ['shifts', 'swaps'],
    read: (cursor, signal) => api.shiftSwaps.list({ query: { limit: 50, cursor } }, signal),
  })
  const { query, items } = pages
  return (
    <ListStates
      pages={pages}
      empty={
        <Empty title={t`Chưa có đề nghị đổi ca nào`}>
          {t`Mở một ca của mình trong lịch trực để đề nghị đổi.`}
        </Empty>
      }
    >
      <ul className="divide-y divide-line">
        {items.map((swap) => (
          <SwapLine key={swap.id} swap={swap} />
        ))}
      </ul>
      <MoreRows query={query} />
    </ListStates>
  )
}

function SwapLine({ swap }: { swap: ShiftSwap }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { person } = useMe()
  const { from, to, shift, return_shift, reason, state, asked_at } = swap
  const isOpen = state === 'asked'
  return (
    <li className="flex flex-col gap-1 py-3 text-13">
      <p className="flex flex-wrap items-center gap-2">
        <Pill tone={tones[state]}>{label('swapState', state)}</Pill>
        <span className="font-medium">{t`${from.name} nhờ ${to.name}`}</span>
        <Time at={asked_at} className="ml-auto text-12 text-ink-3" />
      </p>
      <p>
        {when(shift)}
        {return_shift ? ` ⇄ ${when(return_shift)}` : ''}
      </p>
      <p className="text-ink-2">{reason}</p>
      {isOpen && to.id === person.id ? (
        <Decide swap={swap} states={['agreed', 'declined']} />
      ) : null}
      {isOpen && from.id === person.id ? <Decide swap={swap} states={['withdrawn']} /> : null}
    </li>
  )
}

const when = ({ name, starts_at }: Shift) => `${name}, ${dateTime(starts_at)}`

interface DecideProps {
  readonly swap: ShiftSwap
  readonly states: readonly Exclude<SwapState, 'asked'>[]
}

function Decide({ swap, states }: DecideProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const decide = useMutation({
    mutationFn: (state: Exclude<SwapState, 'asked'>) =>
      api.shiftSwaps.decide({ params: { id: swap.id }, body: { state } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['shifts'] }),
    onError: (error) => complain(describe(error).title),
  })
  const acts = { agreed: t`Đồng ý`, declined: t`Không đồng ý`, withdrawn: t`Rút đề nghị` }
  return (
    <p className="flex gap-2 pt-1">
      {states.map((state) => (
        <Button
          key={state}
          size="small"
          look={state === 'agreed' ? 'primary' : 'plain'}
          busy={decide.isPending}
          onClick={() => decide.mutate(state)}
        >
          {acts[state]}
        </Button>
      ))}
    </p>
  )
}
