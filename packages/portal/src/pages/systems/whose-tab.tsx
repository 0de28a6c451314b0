import type { Whose } from '@haidang/contracts/attribution'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { Refusal } from '../../api/send.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Field, Input } from '../../components/field.tsx'
import { submitted, text } from '../../components/form.ts'
import { gutter } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { LevelMark } from './system-words.tsx'

const route = getRouteApi('/shell/systems')

/** Whose is this address, name or URL, now or on a day? */
export function WhoseTab() {
  const { t } = useLingui()
  const { q = '', on } = route.useSearch()
  const navigate = route.useNavigate()
  const ask = (form: FormData) => {
    const [value, day] = [text(form, 'value').trim(), text(form, 'on')]
    const search = { tab: 'whose' as const, ...(value && { q: value }), ...(day && { on: day }) }
    void navigate({ to: '/systems', search, replace: true })
  }
  return (
    <div className={`max-w-3xl py-5 ${gutter}`}>
      <form
        key={`${q} ${on ?? ''}`}
        onSubmit={submitted(ask)}
        className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_160px_auto]"
      >
        <Field
          label={t`Địa chỉ, tên miền, URL hoặc số hiệu mạng`}
          help={t`Ví dụ 203.0.113.5, cong.example.vn, AS64500`}
        >
          <Input
            name="value"
            defaultValue={q}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Field label={t`Vào ngày`} help={t`Trống là bây giờ`}>
          <Input name="on" type="date" defaultValue={on} />
        </Field>
        <Button look="primary" type="submit" className="sm:mt-6">
          <Search aria-hidden="true" className="size-4" />
          {t`Tìm chủ`}
        </Button>
      </form>
      <div className="pt-5">{q ? <Answer value={q} on={on} /> : null}</div>
    </div>
  )
}

function Answer({ value, on }: { value: string; on: string | undefined }) {
  const describe = useDescribe()
  const at = on ? `${on}T12:00:00+07:00` : undefined
  const query = useQuery({
    queryKey: ['attribution', value, at],
    queryFn: ({ signal }) =>
      api.attribution.whose({ query: { value, ...(at ? { at } : {}) } }, signal),
    retry: false,
  })
  if (query.error instanceof Refusal && query.error.status === 400) {
    return (
      <p role="alert" className="font-medium text-13 text-critical">
        {describe(query.error).title}
      </p>
    )
  }
  return <Asked query={query}>{(whose) => <Found whose={whose} />}</Asked>
}

function Found({ whose }: { whose: Whose }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { system, looks_like } = whose
  return (
    <section aria-live="polite">
      {looks_like ? <LooksLike name={looks_like} /> : null}
      {system ? (
        <Facts>
          <Fact name={t`Giá trị`}>
            <code className="break-all">{whose.value}</code>
          </Fact>
          <Fact name={t`Hệ thống`}>
            <Link
              to="/systems/$id"
              params={{ id: system.id }}
              className="font-medium text-accent hover:underline"
            >
              {system.name}
            </Link>{' '}
            <LevelMark level={system.level} />
          </Fact>
          <Fact name={t`Chủ quản`}>{system.organisation_name || '—'}</Fact>
          <Fact name={label('rangeKind', system.range_kind)}>
            <code className="break-all">{system.range}</code>
          </Fact>
          <Fact name={t`Vào lúc`}>
            <Time at={whose.at} as="absolute" />
          </Fact>
        </Facts>
      ) : (
        <Empty title={t`Không thuộc hệ thống nào bạn được biết`}>
          {t`Chưa ai khai báo dải chứa giá trị này vào lúc đó, hoặc chủ của nó không chia sẻ với bạn. Địa chỉ riêng chỉ tra được trong mạng của đơn vị bạn.`}
        </Empty>
      )}
    </section>
  )
}

/** Says that letters of another script stand where Latin ones seem to. */
export function LooksLike({ name }: { name: string }) {
  const { t } = useLingui()
  return (
    <p className="mb-3 rounded-control bg-high-soft px-3 py-2 text-13 text-high">
      {t`Tên này dùng chữ của hệ chữ viết khác, trông giống`} <code>{name}</code>
    </p>
  )
}
