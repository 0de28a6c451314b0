import type { FormSummary } from '@haidang/contracts/form'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { FilePlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { BeginDialog } from './begin-dialog.tsx'
import { FormStatePill } from './form-state-pill.tsx'

const route = getRouteApi('/shell/forms')
const idOf = (form: FormSummary) => form.id
const fields = ['state', 'organisation_id', 'use', 'definition', 'updated_at', 'submitted_at']

/** Forms of the regulations one's organisation fills in, or that one reviews. */
export function FormsPage() {
  const { t } = useLingui()
  const { language } = useWords()
  const refusal = useRefusal()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [begun, setBegun] = useState(false)
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['forms', 'list', filter],
    read: (cursor, signal) => api.forms.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useFormColumns()
  const act = (
    <Button look="primary" refusal={refusal('form.fill')} onClick={() => setBegun(true)}>
      <FilePlus aria-hidden="true" className="size-4" />
      {t`Lập biểu mẫu`}
    </Button>
  )
  return (
    <Page title={t`Biểu mẫu`}>
      <PageHead title={t`Biểu mẫu`} acts={act} />
      <FilteredList
        q={q}
        fields={fields}
        example="state:draft"
        onFilter={(next) =>
          void navigate({ to: '/forms', search: next ? { q: next } : {}, replace: true })
        }
        pages={pages}
        name="forms"
        label={t`Biểu mẫu`}
        idOf={idOf}
        columns={columns}
        compact={(form) => (
          <div className="flex flex-col gap-1">
            <span className="flex items-center gap-2">
              <span className="min-w-0 truncate font-medium">{form.title[language]}</span>
              <span className="ml-auto">
                <FormStatePill state={form.state} />
              </span>
            </span>
            <p className="truncate text-12 text-ink-2">
              {form.organisation_name} · <Time at={form.updated_at} />
            </p>
          </div>
        )}
        onOpen={({ id }) => void navigate({ to: '/forms/$id', params: { id } })}
        empty={
          <Empty title={t`Chưa có biểu mẫu nào`} act={act}>
            {t`Hồ sơ thành viên và đơn đăng ký tham gia mạng lưới được lập ở đây, điền sẵn từ danh bạ.`}
          </Empty>
        }
      />
      {begun ? <BeginDialog onClose={() => setBegun(false)} /> : null}
    </Page>
  )
}

function useFormColumns(): readonly Column<FormSummary>[] {
  const { t } = useLingui()
  const { language } = useWords()
  return useMemo(
    () => [
      {
        id: 'title',
        header: t`Biểu mẫu`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: ({ number, title }) => (
          <span className="font-medium">
            {number} · {title[language]}
          </span>
        ),
      },
      {
        id: 'organisation',
        header: t`Tổ chức`,
        width: 'minmax(140px,1.5fr)',
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '150px',
        cell: ({ state }) => <FormStatePill state={state} />,
      },
      {
        id: 'version',
        header: t`Lần`,
        width: '64px',
        from: 760,
        cell: ({ version }) => version || '—',
      },
      {
        id: 'updated',
        header: t`Sửa gần nhất`,
        width: '190px',
        from: 640,
        cell: ({ updated_by, updated_at }) => (
          <span>
            <Time at={updated_at} /> · {updated_by}
          </span>
        ),
      },
    ],
    [t, language],
  )
}
