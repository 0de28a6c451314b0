import type { BackTest, FullLibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/field.tsx'
import { Section } from '../../components/page.tsx'
import { Failure } from '../../components/states.tsx'
import { complain } from '../../components/toast.tsx'
import { secondsFromNow } from '../../format/instant.ts'
import { BackTestResult } from './back-test-result.tsx'

const isOpen = ({ state }: BackTest) => state === 'waiting' || state === 'running'
const pollMilliseconds = 1000
const daySeconds = 86_400
const shown = 5

/** How often the rule would have fired on what the node keeps, and where; the newest trial first. */
export function BackTests({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['back-tests', rule.id],
    queryFn: ({ signal }) =>
      api.ruleLibrary.backTests({ params: { id: rule.id }, query: { limit: shown } }, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? pollMilliseconds : false),
  })
  const tests = query.data?.items ?? []
  const [newest, ...older] = tests
  return (
    <Section
      title={t`Thử trên sự kiện đã lưu`}
      acts={<Start rule={rule} isRunning={tests.some(isOpen)} />}
    >
      {query.error && !query.data ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && tests.length === 0 ? (
        <p className="py-3 text-ink-3">
          {t`Chưa thử lần nào. Thử để biết luật đã có thể nổ bao nhiêu lần, ở đâu, trước khi phát hành.`}
        </p>
      ) : null}
      {newest ? <BackTestResult test={newest} open /> : null}
      {older.map((test) => (
        <BackTestResult key={test.id} test={test} open={false} />
      ))}
    </Section>
  )
}

function Start({ rule, isRunning }: { rule: FullLibraryRule; isRunning: boolean }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const describe = useDescribe()
  const client = useQueryClient()
  const [days, setDays] = useState(1)
  const start = useMutation({
    mutationFn: () =>
      api.ruleLibrary.startBackTest({
        params: { id: rule.id },
        body: { from: secondsFromNow(-days * daySeconds), to: secondsFromNow(0) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['back-tests', rule.id] }),
    onError: (error) => complain(describe(error).title),
  })
  const missing = refusal('rule.write') ?? refusal('event.read')
  return (
    <>
      <Select
        aria-label={t`Khoảng thời gian thử`}
        className="w-32"
        value={days}
        onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}
      >
        <option value={1}>{t`24 giờ qua`}</option>
        <option value={3}>{t`3 ngày qua`}</option>
        <option value={7}>{t`7 ngày qua`}</option>
      </Select>
      <Button
        size="small"
        refusal={missing ?? (isRunning ? t`Lần thử trước chưa xong` : undefined)}
        busy={start.isPending}
        onClick={() => start.mutate()}
      >
        {t`Thử bản ${rule.version}`}
      </Button>
    </>
  )
}
