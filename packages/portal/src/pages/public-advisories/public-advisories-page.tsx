import { inLanguage } from '@haidang/contracts/advisory'
import { printFilter } from '@haidang/contracts/filter'
import type { PublicAdvisory } from '@haidang/contracts/public-advisory'
import { Plural, useLingui } from '@lingui/react/macro'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { Field, Input } from '../../components/field.tsx'
import { submitted, text } from '../../components/form.ts'
import { Pill, SimulatedMark } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Empty, Failure, LoadingRows, NoMatch } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { Front } from '../session/front.tsx'

const atOnce = 20

/** For everybody, without signing in: which weaknesses are about, and what to do. */
export function PublicAdvisoriesPage() {
  const { t } = useLingui()
  const { q } = useSearch({ from: '/public-advisories' })
  const navigate = useNavigate()
  const { query, items, total } = usePages({
    queryKey: ['public-advisories', 'list', q],
    read: (cursor, signal) =>
      api.publicAdvisories.list(
        { query: { limit: atOnce, cursor, ...(q ? { filter: filterOf(q) } : {}) } },
        signal,
      ),
  })
  const find = (sought: string) =>
    void navigate({ to: '/public-advisories', search: sought ? { q: sought } : {} })
  return (
    <Front wide>
      <h1 className="pb-3 text-24">{t`Cảnh báo công khai`}</h1>
      <p className="pb-4 text-13 text-ink-2">
        {t`Lỗ hổng và nguy cơ ai cũng cần biết, kèm việc cần làm.`}
      </p>
      <search>
        <form
          key={q}
          noValidate
          className="flex flex-wrap items-end gap-2 pb-4"
          onSubmit={submitted((form) => find(text(form, 'q').trim()))}
        >
          <Field label={t`Tìm`} help={t`Tên sản phẩm, số CVE, từ trong cảnh báo`} className="grow">
            <Input name="q" type="search" defaultValue={q ?? ''} maxLength={200} />
          </Field>
          <Button type="submit">{t`Tìm`}</Button>
        </form>
      </search>
      {query.isPending ? <LoadingRows rows={6} /> : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && items.length === 0 ? (
        q ? (
          <NoMatch onClear={() => find('')} />
        ) : (
          <Empty title={t`Chưa có cảnh báo công khai`}>
            {t`Cảnh báo mới sẽ có ở đây ngay khi phát hành.`}
          </Empty>
        )
      ) : null}
      {items.length > 0 ? (
        <>
          <p className="pb-1 text-12 text-ink-3" role="status">
            <Plural value={total ?? items.length} one="# cảnh báo" other="# cảnh báo" />
          </p>
          <ul className="divide-y divide-line border-y">
            {items.map((one) => (
              <Line key={one.number} advisory={one} />
            ))}
          </ul>
        </>
      ) : null}
      {query.hasNextPage ? (
        <Button
          className="mt-4 self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t`Xem thêm`}
        </Button>
      ) : null}
    </Front>
  )
}

function Line({ advisory }: { advisory: PublicAdvisory }) {
  const { label, language } = useWords()
  const { number, content, updated_at, state, simulated, issuer_name } = advisory
  return (
    <li className="flex flex-col gap-1 py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-3">
        <SeverityMark severity={content.severity} word />
        <span className="font-mono">{number}</span>
        <Time at={updated_at} as="absolute" />
        {state === 'cancelled' ? <Pill>{label('advisoryState', state)}</Pill> : null}
        {simulated ? <SimulatedMark /> : null}
      </p>
      <Link
        to="/public-advisories/$number"
        params={{ number }}
        className="font-semibold text-15 text-accent hover:underline"
      >
        {inLanguage(content.title, language)}
      </Link>
      <p className="text-12 text-ink-2">{[issuer_name, ...content.cves.slice(0, 5)].join(' · ')}</p>
    </li>
  )
}

/** Every word that was typed, whatever signs are in it. */
function filterOf(sought: string): string {
  const words = sought.split(/\s+/).slice(0, 20)
  const nodes = words.map((value) => {
    return { kind: 'term', field: 'text', operator: ':', value, quoted: true } as const
  })
  return printFilter({ kind: 'and', nodes })
}
