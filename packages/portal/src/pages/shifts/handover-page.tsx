import { type Handover, type HandoverItem, ownerNeeds } from '@haidang/contracts/handover'
import { millisecondsOf } from '@haidang/contracts/instant'
import { Plural, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Star, Check as Tick } from 'lucide-react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMay, useMe } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { Time, useNow } from '../../components/time.tsx'
import { complain } from '../../components/toast.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { useWords } from '../../language/use-words.ts'
import { HandoverPill } from './handovers-tab.tsx'
import { WorkLine } from './work-line.tsx'

const route = getRouteApi('/shell/handovers/$id')

/** One hand-over: what was open, what matters, and the act that makes it the next officer's. */
export function HandoverPage() {
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['handovers', id],
    queryFn: ({ signal }) => api.handovers.get({ params: { id } }, signal),
  })
  return <Asked query={query}>{(data) => <Whole {...data} />}</Asked>
}

interface WholeProps {
  readonly handover: Handover
  readonly items: readonly HandoverItem[]
}

function Whole({ handover, items }: WholeProps) {
  const { t } = useLingui()
  const { from, to, shift, note, state, prepared_at, due_at, acknowledged_at } = handover
  const act = useHandoverActs(handover, items)
  const title = to ? `${from.name} → ${to.name}` : t`${from.name} bàn giao`
  const hidden = handover.item_count - items.length
  const ranked = items.toSorted((a, b) => Number(b.marked) - Number(a.marked))
  return (
    <Page title={title}>
      <ObjectHead
        line={<HandoverPill state={state} />}
        title={title}
        about={shift?.name}
        acts={act.buttons}
      />
      <TwoColumns
        story={
          <>
            {note ? (
              <Section title={t`Người bàn giao nhắn`}>
                <p className="whitespace-pre-wrap py-2 text-15">{note}</p>
              </Section>
            ) : null}
            <Section title={t`Việc bàn giao`} count={handover.item_count}>
              <ul className="divide-y divide-line">
                {ranked.map((item) => (
                  <ItemLine
                    key={item.position}
                    item={item}
                    onTake={act.mayTakeOne(item) ? act.takeOne : undefined}
                    busy={act.busy}
                  />
                ))}
              </ul>
              {handover.more ? (
                <p className="py-2 text-13 text-medium">
                  {t`Lúc bàn giao còn nhiều việc mở hơn danh sách này.`}
                </p>
              ) : null}
              {hidden > 0 ? (
                <p className="py-2 text-13 text-medium">
                  <Plural value={hidden} other="# mục vượt mức TLP bạn được xem" />
                </p>
              ) : null}
            </Section>
          </>
        }
        facts={
          <Facts>
            <Fact name={t`Lập lúc`}>
              <Time at={prepared_at} />
              {handover.automatic ? ` · ${t`hệ thống tự lập`}` : ''}
            </Fact>
            <Fact name={t`Hạn nhận`}>
              <Time at={due_at} />
            </Fact>
            <Fact name={t`Nhận xong`}>{acknowledged_at ? <Time at={acknowledged_at} /> : '—'}</Fact>
          </Facts>
        }
      />
    </Page>
  )
}

interface ItemLineProps {
  readonly item: HandoverItem
  /** Undefined where the reader may not take it over. */
  readonly onTake: ((position: number) => void) | undefined
  readonly busy: boolean
}

function ItemLine({ item, onTake, busy }: ItemLineProps) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <WorkLine
      work={item}
      lead={
        item.marked ? (
          <Star
            aria-label={t`Quan trọng`}
            className="mt-1 size-4 shrink-0 fill-current text-high"
          />
        ) : (
          <span className="size-4 shrink-0" />
        )
      }
    >
      {item.outcome ? (
        <p className="text-12 text-good">
          ✓ {[label('itemOutcome', item.outcome), item.to?.name].filter(Boolean).join(' · ')}
        </p>
      ) : onTake ? (
        <Button
          size="small"
          className="self-start"
          busy={busy}
          aria-label={t`Nhận ${item.label}`}
          onClick={() => onTake(item.position)}
        >
          {t`Nhận`}
        </Button>
      ) : null}
    </WorkLine>
  )
}

/** What of open work the reader could go on with. */
function useTakable(): (item: HandoverItem) => boolean {
  const may = useMay()
  return ({ kind, outcome }) => {
    const needed = ownerNeeds[kind]
    return outcome === null && (needed === undefined || may(needed))
  }
}

/** What the reader may do with a hand-over now. */
function useHandoverActs(handover: Handover, items: readonly HandoverItem[]) {
  const { id, from, to, state, open_count, organisation_id, due_at } = handover
  const { t } = useLingui()
  const { person } = useMe()
  const now = useNow()
  const isTakable = useTakable()
  const client = useQueryClient()
  const describe = useDescribe()
  const refusal = useRefusal()('shift.stand')
  const settled = {
    onSettled: () => client.invalidateQueries({ queryKey: ['handovers'] }),
    onError: (error: unknown) => {
      const { title, detail } = describe(error)
      complain([title, detail].filter(Boolean).join(' – '))
    },
  }
  const take = useMutation({
    mutationFn: (items: number[] | undefined) =>
      api.handovers.acknowledge({ params: { id }, body: items ? { items } : {} }),
    ...settled,
  })
  const withdraw = useMutation({
    mutationFn: () => api.handovers.withdraw({ params: { id } }),
    ...settled,
  })
  const isOpen = state === 'prepared' || state === 'taken'
  const isOwn = from.id === person.id
  // Who began has until the hand-over is due; then the rest is anybody's.
  const isOthers = to !== null && to.id !== person.id && now < millisecondsOf(due_at)
  const count = items.filter(isTakable).length
  const isOurs = organisation_id === person.organisation_id && (count > 0 || open_count === 0)
  const mayTake = isOpen && isOurs && !isOwn && !isOthers
  const takeAll = () => take.mutate(undefined)
  useKeys({ primary: mayTake && !refusal ? takeAll : undefined })
  const busy = take.isPending || withdraw.isPending
  const buttons = (
    <>
      {mayTake ? (
        <Button look="primary" keys="p" refusal={refusal} busy={busy} onClick={takeAll}>
          <Tick aria-hidden="true" className="size-4" />
          <Plural value={count} other="Nhận ca (# mục)" />
        </Button>
      ) : null}
      {isOwn && state === 'prepared' ? (
        <Button busy={busy} onClick={() => withdraw.mutate()}>{t`Rút bàn giao`}</Button>
      ) : null}
    </>
  )
  const takeOne = (position: number) => take.mutate([position])
  const mayTakeOne = (item: HandoverItem) => mayTake && !refusal && isTakable(item)
  return { buttons, takeOne, mayTakeOne, busy }
}
