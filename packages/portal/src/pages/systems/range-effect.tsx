import type { RangePlan, RangePreview } from '@haidang/contracts/attribution'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useWords } from '../../language/use-words.ts'

type Plan = Partial<RangePlan>

/** Asks what a change would move before it is saved: one that moves nothing is saved at once. */
export function useRangeEffect(systemId: string, save: (plan: Plan) => void) {
  const asked = useMutation({
    mutationFn: (plan: Plan) =>
      api.attribution.preview({ params: { id: systemId }, body: { ...blank, ...plan } }),
    onSuccess: (found, plan) => {
      if (found.alerts === 0) save(plan)
    },
  })
  const isSame = (plan: Plan) => JSON.stringify(plan) === JSON.stringify(asked.variables)
  return {
    effect: asked.data && asked.data.alerts > 0 ? asked.data : null,
    error: asked.error,
    busy: asked.isPending,
    forget: asked.reset,
    /** Saves what was looked at; looks at anything else first. */
    send: (plan: Plan) => {
      if (asked.data && isSame(plan)) save(plan)
      else asked.mutate(plan)
    },
  }
}

const blank = { ranges: [], remove: false }

/** Whose stored alerts and incidents would be after a change, from whom to whom. */
export function RangeEffect({ effect }: { effect: RangePreview }) {
  const { t } = useLingui()
  const { number } = useWords()
  return (
    <div
      role="status"
      className="rounded-control border-medium border-l-4 bg-medium-soft px-4 py-3 text-13 sm:col-span-2"
    >
      <p className="font-semibold">
        <Plural value={effect.alerts} other="# cảnh báo đã lưu sẽ được gán lại" />
        {effect.incidents > 0 ? (
          <>
            {', '}
            <Plural value={effect.incidents} other="thuộc # sự cố" />
          </>
        ) : null}
      </p>
      <ul>
        {effect.moves.map(({ was, is, alerts }) => (
          <li key={`${was?.system_id} ${was?.range} ${is?.system_id} ${is?.range}`}>
            <Owner owner={was} /> → <Owner owner={is} />: {number(alerts)}
          </li>
        ))}
      </ul>
      {effect.whole ? null : (
        <p className="text-ink-2">
          <Trans>
            Chỉ xem {number(effect.examined)} cảnh báo mới nhất; thực tế có thể nhiều hơn.
          </Trans>
        </p>
      )}
      <p className="text-ink-2">{t`Bấm lần nữa để lưu.`}</p>
    </div>
  )
}

/** A system and its owner by the register. */
function Owner({ owner }: { owner: RangePreview['moves'][number]['was'] }) {
  const { t } = useLingui()
  if (!owner) return t`không của ai`
  const { system_name, organisation_name } = owner
  if (!system_name) return t`hệ thống khác`
  return organisation_name ? `${system_name} (${organisation_name})` : system_name
}
