import type { SystemImport } from '@haidang/contracts/system-import'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button, buttonStyle } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { ImportOutcome } from '../../components/import-outcome.tsx'
import { useWords } from '../../language/use-words.ts'

const moving: readonly SystemImport['state'][] = ['waiting', 'reading', 'applying']
const second = 1_000

/** How far an import is, what it came to, and the act that writes it. */
export function ImportProgress({ id }: { id: string }) {
  const client = useQueryClient()
  const key = ['system-import', id]
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.systemImports.get({ params: { id } }, signal),
    refetchInterval: ({ state }) =>
      state.data && moving.includes(state.data.state) ? second : false,
  })
  const apply = useMutation({
    mutationFn: () => api.systemImports.apply({ params: { id } }),
    onSuccess: (one) => client.setQueryData(key, one),
  })
  const state = query.data?.state
  useEffect(() => {
    if (state === 'applied') void client.invalidateQueries({ queryKey: ['systems'] })
  }, [client, state])
  return (
    <Asked query={query}>
      {(one) => (
        <section className="flex flex-col gap-4" aria-busy={moving.includes(one.state)}>
          <State one={one} />
          {one.outcome ? (
            <ImportOutcome outcome={one.outcome}>
              <a
                href={`/api/v1/system-imports/${id}/refused`}
                download
                className={buttonStyle({ look: 'plain', className: 'self-start' })}
              >
                <RefusedText />
              </a>
            </ImportOutcome>
          ) : null}
          <ErrorSummary errors={noErrors} error={apply.error} />
          {one.state === 'read' ? (
            <Apply one={one} busy={apply.isPending} onApply={apply.mutate} />
          ) : null}
        </section>
      )}
    </Asked>
  )
}

function RefusedText() {
  const { t } = useLingui()
  return t`Tải các dòng bị từ chối`
}

function State({ one: { state, name, done, problem } }: { one: SystemImport }) {
  const { t } = useLingui()
  const { number, language } = useWords()
  const texts: Readonly<Record<SystemImport['state'], string>> = {
    waiting: t`${name}: đang chờ đến lượt`,
    reading: t`${name}: đang đọc, đã qua ${number(done)} dòng`,
    read: t`${name}: đã đọc xong, chưa ghi gì`,
    applying: t`${name}: đang ghi, đã qua ${number(done)} dòng`,
    applied: t`${name}: đã ghi vào sổ`,
    failed: t`${name}: không đọc được`,
  }
  return (
    <p role="status" className="font-medium text-13">
      {texts[state]}
      {problem ? (
        <span className="block text-12 text-critical">
          {problem.cause?.[language] ?? problem.detail}
        </span>
      ) : null}
    </p>
  )
}

interface ApplyProps {
  readonly one: SystemImport
  readonly busy: boolean
  readonly onApply: () => void
}

function Apply({ one, busy, onApply }: ApplyProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const faulty = (one.outcome?.fault_count ?? 1) > 0
  return (
    <Button
      look="primary"
      className="self-start"
      refusal={refusal('system.manage') ?? (faulty ? t`Sửa hết lỗi rồi mới ghi được` : undefined)}
      busy={busy}
      onClick={onApply}
    >
      {t`Ghi vào sổ tất cả`}
    </Button>
  )
}
