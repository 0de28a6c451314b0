import type { Organisation } from '@haidang/contracts/organisation'
import type { OrganisationTie } from '@haidang/contracts/organisation-tie'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { complain } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { TieDialog } from './tie-dialog.tsx'

type Kind = OrganisationTie['kind']

/** Whom an organisation is and was under, and its mandates. */
export function OrganisationTies({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['organisations', 'ties', organisation.id],
    queryFn: ({ signal }) => api.organisationTies.list({ params: { id: organisation.id } }, signal),
  })
  const words: Record<Kind, { title: string; none: string }> = {
    parent: { title: t`Trực thuộc`, none: t`Không trực thuộc tổ chức nào trong sổ.` },
    mandate: { title: t`Vai trò trong mạng lưới`, none: t`Chưa giữ vai trò nào.` },
  }
  return (
    <Asked query={query}>
      {({ ties }) => (
        <div className="flex max-w-3xl flex-col gap-8">
          {(['parent', 'mandate'] as const).map((kind) => (
            <Ties
              key={kind}
              kind={kind}
              {...words[kind]}
              organisation={organisation}
              ties={ties.filter((tie) => tie.kind === kind)}
            />
          ))}
        </div>
      )}
    </Asked>
  )
}

interface TiesProps {
  readonly kind: Kind
  readonly title: string
  readonly none: string
  readonly organisation: Organisation
  readonly ties: readonly OrganisationTie[]
}

function Ties({ kind, title, none, organisation, ties }: TiesProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <Section
      title={title}
      acts={
        <Button size="small" refusal={refusal('organisation.manage')} onClick={() => setOpen(true)}>
          <Plus aria-hidden="true" className="size-4" />
          {t`Thêm`}
        </Button>
      }
    >
      {ties.length === 0 ? <p className="py-2 text-13 text-ink-3">{none}</p> : null}
      <ul className="divide-y divide-line">
        {ties.map((tie) => (
          <Tie key={tie.id} tie={tie} />
        ))}
      </ul>
      {open ? (
        <TieDialog kind={kind} organisation={organisation} onClose={() => setOpen(false)} />
      ) : null}
    </Section>
  )
}

function Tie({ tie }: { tie: OrganisationTie }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const describe = useDescribe()
  const client = useQueryClient()
  const [edited, setEdited] = useState(false)
  const remove = useMutation({
    mutationFn: () =>
      api.organisationTies.remove({ params: { id: tie.organisation_id, tie: tie.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['organisations'] }),
    onError: (error) => complain(describe(error).title),
  })
  const missing = refusal('organisation.manage')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      {tie.parent_id ? (
        <Link
          to="/organisations/$id"
          params={{ id: tie.parent_id }}
          className="font-medium hover:underline"
        >
          {tie.parent_name}
        </Link>
      ) : (
        <span className="font-medium">{label('mandate', tie.mandate ?? '')}</span>
      )}
      <span className="text-12 text-ink-2 tabular-nums">
        {tie.valid_from ?? t`từ trước`} – {tie.valid_to ?? t`nay`}
      </span>
      <span className="min-w-0 text-12 text-ink-3">{tie.basis}</span>
      <span className="ml-auto flex gap-2">
        <Button
          size="small"
          refusal={missing}
          onClick={() => setEdited(true)}
        >{t`Sửa ngày`}</Button>
        <Button
          size="small"
          look="danger"
          refusal={missing}
          busy={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t`Xóa`}
        </Button>
      </span>
      {edited ? (
        <TieDialog
          kind={tie.kind}
          organisation={{ id: tie.organisation_id }}
          tie={tie}
          onClose={() => setEdited(false)}
        />
      ) : null}
    </li>
  )
}
