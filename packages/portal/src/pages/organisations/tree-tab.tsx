import type { TreeNode } from '@haidang/contracts/organisation-tie'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { Field, Input } from '../../components/field.tsx'
import { gutter } from '../../components/page.tsx'
import { Empty, Failure, LoadingRows } from '../../components/states.tsx'
import { inputTime, secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

/** Who is under whom on a day; a branch is read when it is opened. */
export function TreeTab() {
  const { t } = useLingui()
  const [on, setOn] = useState(() => inputTime(secondsFromNow(0)).slice(0, 10))
  return (
    <div className={cn('flex max-w-4xl flex-col gap-4 py-4', gutter)}>
      <Field label={t`Vào ngày`} className="max-w-48">
        <Input
          type="date"
          value={on}
          required
          onChange={(event) => event.currentTarget.value && setOn(event.currentTarget.value)}
        />
      </Field>
      <Branch on={on} />
    </div>
  )
}

function Branch({ under, on }: { under?: string; on: string }) {
  const { t } = useLingui()
  const { query, items } = usePages({
    queryKey: ['organisations', 'tree', under, on],
    read: (cursor, signal) =>
      api.organisationTies.tree({ query: { limit: 100, cursor, on, under } }, signal),
  })
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <LoadingRows />
  if (items.length === 0 && !under) return <Empty title={t`Chưa có tổ chức nào`} />
  return (
    <ul className={under ? 'ml-3 border-line border-l pl-3' : ''}>
      {items.map((node) => (
        <Node key={node.id} node={node} on={on} />
      ))}
      {query.hasNextPage ? (
        <li>
          <Button size="small" busy={query.isFetching} onClick={() => void query.fetchNextPage()}>
            {t`Xem thêm`}
          </Button>
        </li>
      ) : null}
    </ul>
  )
}

function Node({ node, on }: { node: TreeNode; on: string }) {
  const { t } = useLingui()
  const { label } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <span className="flex min-h-8 items-center gap-2 text-13">
        {node.children > 0 ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={t`Cấp dưới của ${node.name}`}
            onClick={() => setOpen(!open)}
            className="grid size-6 shrink-0 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
          >
            <ChevronRight aria-hidden="true" className={cn('size-4', open && 'rotate-90')} />
          </button>
        ) : (
          <span className="size-6 shrink-0" />
        )}
        <Link
          to="/organisations/$id"
          params={{ id: node.id }}
          className="min-w-0 truncate font-medium hover:underline"
        >
          {node.name}
        </Link>
        <span className="hidden shrink-0 text-12 text-ink-3 sm:inline">
          {label('organisationKind', node.kind)}
        </span>
        {node.children > 0 ? (
          <span className="shrink-0 text-12 text-ink-3">{t`${node.children} cấp dưới`}</span>
        ) : null}
      </span>
      {open ? <Branch under={node.id} on={on} /> : null}
    </li>
  )
}
