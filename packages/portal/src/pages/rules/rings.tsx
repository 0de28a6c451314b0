import { type FullRuleSet, Ring } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Failure } from '../../components/states.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { useSecondPerson } from '../approvals/second-person.tsx'
import { isCovered, useRecentSets } from './recent-sets.ts'
import { progressOf, type RingProgress, useDrift } from './station-drift.ts'

/** Ring by ring: how many stations it has, how many have this set in force, and the way to the next ring. */
export function Rings({ set }: { set: FullRuleSet }) {
  const { t } = useLingui()
  const drift = useDrift()
  const stations = drift.data ?? []
  const isSuperseded = stations.some(({ assigned }) => (assigned ?? 0) > set.number)
  return (
    <Section
      title={t`Phát theo vòng`}
      acts={
        <Link
          to="/rules"
          search={{ tab: 'stations' }}
          className="text-12 text-accent hover:underline"
        >
          {t`Từng trạm`}
        </Link>
      }
    >
      {drift.error && !drift.data ? (
        <Failure error={drift.error} onRetry={() => void drift.refetch()} />
      ) : null}
      {drift.data ? (
        <ol className="divide-y divide-line">
          {progressOf(set.number, stations).map((progress) => (
            <RingLine key={progress.ring} set={set} progress={progress} />
          ))}
        </ol>
      ) : null}
      {isSuperseded ? (
        <p className="pt-2 text-12 text-ink-3">
          {t`Có trạm đã nhận bộ luật mới hơn. Muốn dùng lại nội dung bộ này, hãy quay lại bộ này.`}
        </p>
      ) : null}
    </Section>
  )
}

interface RingLineProps {
  readonly set: FullRuleSet
  readonly progress: RingProgress
}

function RingLine({ set, progress }: RingLineProps) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const { ring, stations, inForce, refused, waiting } = progress
  const isOut = isCovered(set, ring)
  const share = stations === 0 ? 0 : (inForce / stations) * 100
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)_auto]">
      <span className="flex items-center gap-2">
        <span className="font-medium">{label('ring', ring)}</span>
        {isOut ? <Pill tone="good">{t`đã phát`}</Pill> : null}
      </span>
      <div className="order-last col-span-2 sm:order-none sm:col-span-1">
        <div
          role="progressbar"
          aria-label={t`Trạm vòng ${label('ring', ring)} đang dùng bộ luật này`}
          aria-valuemin={0}
          aria-valuemax={stations}
          aria-valuenow={inForce}
          className="h-2 overflow-hidden rounded-[2px] bg-sunken"
        >
          <div className="h-2 bg-good-fill" style={{ width: `${share}%` }} />
        </div>
        <p className="pt-1 text-12 text-ink-2">
          {stations === 0
            ? t`Chưa trạm nào ở vòng này`
            : t`${number(inForce)} trên ${number(stations)} trạm đang dùng`}
          {waiting > 0 ? ` · ${t`${number(waiting)} chưa trả lời`}` : ''}
          {refused > 0 ? (
            <span className="font-medium text-critical">
              {' · '}
              {t`${number(refused)} từ chối hoặc sai lệch`}
            </span>
          ) : null}
        </p>
      </div>
      {isOut ? <span /> : <RollOutButton set={set} ring={ring} />}
    </li>
  )
}

function RollOutButton({ set, ring }: { set: FullRuleSet; ring: Ring }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const describe = useDescribe()
  const client = useQueryClient()
  const newer = useRecentSets().find((other) => other.number > set.number && isCovered(other, ring))
  const next = Ring.options[set.ring === null ? 0 : Ring.options.indexOf(set.ring) + 1]
  const second = useSecondPerson()
  const rollOut = useMutation({
    mutationFn: () =>
      api.ruleSets.rollOut({ params: { number: String(set.number) }, body: { ring } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['rule-sets'] })
      void client.invalidateQueries({ queryKey: ['rule-drift'] })
      say(t`Đã phát bộ luật ${set.number} tới vòng ${label('ring', ring)}`)
    },
    onError: (error) => {
      const payload = { number: set.number, ring }
      if (!second.offer(error, { kind: 'rule-set.roll-out', payload })) {
        complain(describe(error).title)
      }
    },
  })
  return (
    <>
      <Button
        size="small"
        look={ring === next && !newer ? 'primary' : 'plain'}
        refusal={
          refusal('rule.publish') ??
          (newer ? t`Vòng này đã có bộ luật ${newer.number} mới hơn` : undefined)
        }
        busy={rollOut.isPending}
        onClick={() => rollOut.mutate()}
      >
        {t`Phát tới vòng ${label('ring', ring)}`}
      </Button>
      {second.question}
    </>
  )
}
