import type { ActionResult, Addressee, LadderEntry, Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { Paperclip } from 'lucide-react'
import { Identifier } from '../../components/identifier.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

const outcomeTones: Record<ActionResult['outcome'], Tone> = {
  done: 'good',
  partial: 'medium',
  not_done: 'critical',
}

/** Everything an addressee has said, newest first. */
export function Entries({ order, addressee }: { order: Order; addressee: Addressee }) {
  const { t } = useLingui()
  if (addressee.entries.length === 0)
    return <p className="py-2 text-ink-3">{t`Chưa có trả lời.`}</p>
  return (
    <ol className="divide-y divide-line">
      {addressee.entries.toReversed().map((entry) => (
        <Entry key={entry.id} entry={entry} order={order} />
      ))}
    </ol>
  )
}

function Entry({ entry, order }: { entry: LadderEntry; order: Order }) {
  const { t } = useLingui()
  const { label, bytes } = useWords()
  const ways = {
    portal: t`trên cổng`,
    mail: t`bằng liên kết trong thư`,
    link: t`qua liên kết`,
    system: t`hệ thống`,
  }
  return (
    <li className="flex flex-col gap-1.5 py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-ink-3">
        <span className="font-semibold text-13 text-ink">{label('ladderStep', entry.step)}</span>
        <span>{entry.actor_name}</span>
        <Time at={entry.time} as="absolute" />
        <span>{ways[entry.via]}</span>
      </p>
      {entry.note ? <p className="max-w-[70ch] whitespace-pre-wrap text-15">{entry.note}</p> : null}
      {entry.results.length > 0 ? (
        <ul className="flex flex-col gap-1">
          {entry.results.map((result) => {
            const action = order.actions.find(({ id }) => id === result.action_id)
            return (
              <li key={result.action_id} className="flex flex-wrap items-baseline gap-x-2">
                <Pill tone={outcomeTones[result.outcome]}>
                  {label('actionOutcome', result.outcome)}
                </Pill>
                <span className="font-medium">
                  {action ? label('actionKind', action.kind) : result.action_id}
                </span>
                <span className="text-ink-2">{result.note}</span>
              </li>
            )
          })}
        </ul>
      ) : null}
      {entry.evidence.map((file) => (
        <p key={file.id} className="flex flex-wrap items-center gap-x-2 text-13">
          <Paperclip aria-hidden="true" className="size-3.5 text-ink-3" />
          {file.name}
          <span className="text-12 text-ink-3">{bytes(file.size)}</span>
          <span className="text-12 text-ink-3">SHA-256</span>
          <Identifier value={file.sha256} />
        </p>
      ))}
    </li>
  )
}
