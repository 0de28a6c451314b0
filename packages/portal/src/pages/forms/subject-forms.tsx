import type { FormDefinition } from '@haidang/contracts/form-definition'
import type { Permission } from '@haidang/contracts/permission'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { FilePlus } from 'lucide-react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { errorsOf } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { FormStatePill } from './form-state-pill.tsx'

interface SubjectFormsProps {
  readonly about: FormDefinition['about']
  readonly subject: string
  /** Asked of who fills one in, besides the right to fill in forms. */
  readonly permission: Permission
}

/** The forms about one thing, and those that can be begun about it; nothing for who may not see forms. */
export function SubjectForms(props: SubjectFormsProps) {
  const may = useMay()
  return may('form.read') ? <Forms {...props} /> : null
}

function Forms({ about, subject, permission }: SubjectFormsProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const definitions = useQuery({
    queryKey: ['forms', 'definitions'],
    queryFn: ({ signal }) => api.forms.definitions({}, signal),
  })
  const filter = `subject:${subject}`
  const query = useQuery({
    queryKey: ['forms', 'list', filter],
    queryFn: ({ signal }) => api.forms.list({ query: { limit: 100, filter } }, signal),
  })
  const begin = useMutation({
    mutationFn: (use: string) => api.forms.begin({ body: { use, subject } }),
    onSuccess: ({ id }) => void navigate({ to: '/forms/$id', params: { id } }),
  })
  const offered = (definitions.data?.items ?? []).filter((each) => each.about === about)
  return (
    <Section title={t`Biểu mẫu`} count={query.data?.items.length}>
      <ErrorSummary errors={errorsOf(begin.error)} error={begin.error} />
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">{t`Chưa lập biểu mẫu nào`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((form) => (
                <li key={form.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                  <Link
                    to="/forms/$id"
                    params={{ id: form.id }}
                    className="min-w-0 text-13 text-accent hover:underline"
                  >
                    {form.number} · {form.title[language]}
                  </Link>
                  <FormStatePill state={form.state} />
                  <span className="text-12 text-ink-3">
                    <Time at={form.submitted_at ?? form.updated_at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
      <div className="flex flex-wrap gap-2 pt-2">
        {offered.map(({ use, number, title }) => (
          <Button
            key={use}
            size="small"
            name={use}
            busy={begin.isPending}
            refusal={refusal('form.fill') ?? refusal(permission)}
            onClick={() => begin.mutate(use)}
          >
            <FilePlus aria-hidden="true" className="size-4" />
            {t`Lập mẫu ${number}`}
            <span className="sr-only">{title[language]}</span>
          </Button>
        ))}
      </div>
    </Section>
  )
}
