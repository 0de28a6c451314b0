import type { Advisory, AdvisoryLine } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors } from '../../components/form.ts'
import { LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

interface LadderDialogProps {
  readonly advisory: Advisory
  readonly line: AdvisoryLine
  readonly onClose: () => void
}

type Ladder = Awaited<ReturnType<typeof api.advisories.ladder>>

/** What one addressee was told and said; the issuer confirms its answer after a check, or returns it. */
export function LadderDialog({ advisory, line, onClose }: LadderDialogProps) {
  const { id, number } = advisory
  const organisation = line.organisation_id
  const query = useQuery({
    queryKey: ['advisories', 'ladder', id, organisation],
    queryFn: ({ signal }) => api.advisories.ladder({ params: { id, organisation } }, signal),
  })
  return (
    <Dialog open wide onClose={onClose} title={line.organisation_name} about={number}>
      <Asked query={query} loading={<LoadingRows rows={4} />}>
        {(ladder) => (
          <>
            <Said ladder={ladder} />
            <Judge advisory={advisory} ladder={ladder} onClose={onClose} />
          </>
        )}
      </Asked>
    </Dialog>
  )
}

function Said({ ladder: { details, entries } }: { ladder: Ladder }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      {details.length > 0 ? (
        <section>
          <h3 className="font-medium text-13">{t`Dòng riêng của đơn vị`}</h3>
          <pre className="max-h-40 overflow-auto whitespace-pre-wrap break-all rounded-control bg-sunken px-3 py-2 font-mono text-12">
            {details.join('\n')}
          </pre>
        </section>
      ) : null}
      <ol className="divide-y divide-line">
        {entries.toReversed().map((entry) => (
          <li key={entry.id} className="py-2">
            <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-ink-3">
              <span className="font-semibold text-13 text-ink">
                {label('advisoryStep', entry.step)}
              </span>
              {entry.assessment ? (
                <span className="font-medium text-ink-2">
                  {label('assessment', entry.assessment)}
                </span>
              ) : null}
              <span>{entry.actor_name}</span>
              {entry.proof ? <span>{t`qua thư gửi ${entry.proof.address}`}</span> : null}
              <Time at={entry.time} as="absolute" />
              {entry.version > 1 ? <span>{t`bản ${entry.version}`}</span> : null}
            </p>
            {entry.note ? (
              <p className="max-w-[70ch] whitespace-pre-wrap text-15">{entry.note}</p>
            ) : null}
            {entry.systems.length > 0 ? (
              <ul className="text-13 text-ink-2">
                {entry.systems.map(({ name, assessment }) => (
                  <li key={name} className="break-words">
                    {name}: {label('assessment', assessment)}
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </>
  )
}

const answered = ['assessed', 'remediated', 'verified']

function Judge({
  advisory,
  ladder,
  onClose,
}: Omit<LadderDialogProps, 'line'> & { ladder: Ladder }) {
  const { t } = useLingui()
  const refusal = useRefusal()('advisory.publish')
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const judge = useMutation({
    mutationFn: (verdict: 'verified' | 'returned') =>
      api.advisories.judge({
        params: { id: advisory.id },
        body: { organisation_id: ladder.organisation_id, verdict, note: note.trim() },
      }),
    onSuccess: () => {
      say(t`Đã ghi cho ${ladder.organisation_name}`)
      void client.invalidateQueries({ queryKey: ['advisories'] })
      onClose()
    },
  })
  if (advisory.mine !== 'issuer' || advisory.state === 'cancelled') return null
  if (!answered.includes(ladder.step)) return null
  const reasonMissing = note.trim().length < 3 ? t`Ghi lý do trả lại đã` : undefined
  return (
    <form onSubmit={(event) => event.preventDefault()} className="flex flex-col gap-3 pt-3">
      <ErrorSummary errors={noErrors} error={judge.error} />
      <Field label={t`Kết quả kiểm tra, lý do trả lại`} optional={t`không bắt buộc khi xác nhận`}>
        <Textarea
          rows={2}
          maxLength={4000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      <Acts>
        {ladder.step === 'verified' ? null : (
          <Button
            look="primary"
            refusal={refusal}
            busy={judge.isPending}
            onClick={() => judge.mutate('verified')}
          >
            {t`Xác nhận đã kiểm tra lại`}
          </Button>
        )}
        <Button
          refusal={refusal ?? reasonMissing}
          busy={judge.isPending}
          onClick={() => judge.mutate('returned')}
        >
          {t`Trả lại`}
        </Button>
      </Acts>
    </form>
  )
}
