import { type Permission, permissions } from '@haidang/contracts/permission'
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, FilterX, Lock, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDescribe } from '../api/describe.ts'
import { Refusal } from '../api/send.ts'
import { cn } from '../theme/cn.ts'
import { Button } from './button.tsx'
import { Identifier } from './identifier.tsx'
import { Time } from './time.tsx'

/** Grey bars where text will stand. */
export function Bone({ className }: { className?: string }) {
  return <span className={cn('pulse block h-3 rounded-full bg-line', className)} />
}

const boneWidths = ['w-2/5', 'w-3/5', 'w-1/2', 'w-2/3', 'w-1/3', 'w-3/5', 'w-2/5', 'w-1/2']

/** The layout of a table before its rows are known. */
export function LoadingRows({ rows = 8 }: { rows?: number }) {
  const { t } = useLingui()
  return (
    <div role="status" aria-label={t`Đang tải`} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => boneWidths[row % boneWidths.length]).map(
        (width, row) => (
          <div
            key={row}
            className="grid h-9 grid-cols-[72px_1fr_96px_72px] items-center gap-6 px-1"
          >
            <Bone className="w-12" />
            <Bone className={width ?? ''} />
            <Bone className="w-20" />
            <Bone className="w-14" />
          </div>
        ),
      )}
    </div>
  )
}

/** The layout of an object's page before it is known. */
export function LoadingPage() {
  return (
    <div className="flex flex-col gap-6 px-4 py-6 md:px-8">
      <Bone className="h-6 w-96 max-w-full" />
      <Bone className="w-64" />
      <LoadingRows />
    </div>
  )
}

interface NoteProps {
  readonly icon?: ReactNode
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly act?: ReactNode
  /** It is all of the page, so its title is the page's heading. */
  readonly whole?: boolean
}

function Note({ icon, title, children, act, whole = false }: NoteProps) {
  const Title = whole ? 'h1' : 'p'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-14 text-center">
      {icon}
      <Title className="font-semibold text-15">{title}</Title>
      {children ? <div className="text-13 text-ink-2">{children}</div> : null}
      {act ? <div className="flex flex-wrap justify-center gap-2 pt-2">{act}</div> : null}
    </div>
  )
}

/** Nothing yet: says what will stand here, and offers the one act that starts it. */
export function Empty({ title, children, act, whole = false }: NoteProps) {
  return (
    <Note icon={<EmptyDrawing />} title={title} act={act} whole={whole}>
      {children}
    </Note>
  )
}

/** The lighthouse with nothing in its beam. */
function EmptyDrawing() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 96 56"
      className="mb-1 h-14 w-24 fill-none stroke-line-strong"
      strokeWidth="1.5"
      strokeLinecap="round"
    >
      <path d="M8 48c8-4 14 4 22 0s14 4 22 0 14 4 22 0 10 2 14 0" />
      <path d="m43 44 2-26h6l2 26M44.5 18V12h7v6M42 18h12M48 12V9" />
      <path d="m40 14-26-7M40 17l-26 5M56 14l26-7M56 17l26 5" strokeDasharray="3 4" />
    </svg>
  )
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Note
      icon={<FilterX aria-hidden="true" className="mb-1 size-8 text-ink-3" strokeWidth={1.5} />}
      title={<Trans>Không có gì khớp bộ lọc</Trans>}
      act={
        <Button onClick={onClear}>
          <Trans>Bỏ bộ lọc</Trans>
        </Button>
      }
    >
      <Trans>Bỏ bớt điều kiện hoặc nới khoảng thời gian.</Trans>
    </Note>
  )
}

export function NoPermission({ permission }: { permission: Permission | null }) {
  return (
    <Note
      icon={<Lock aria-hidden="true" className="mb-1 size-8 text-ink-3" strokeWidth={1.5} />}
      title={<Trans>Bạn chưa có quyền xem trang này</Trans>}
    >
      {permission ? (
        <p>
          <Trans>
            Cần quyền <code className="text-ink">{permission}</code>. Quản trị viên của nút có thể
            cấp quyền này qua vai trò của bạn.
          </Trans>
          <span lang="en" className="sr-only">
            {permissions[permission]}
          </span>
        </p>
      ) : null}
    </Note>
  )
}

/** What went wrong, the identifier that is in the log, and a way to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const describe = useDescribe()
  if (error instanceof Refusal && error.status === 403 && error.code === 'permission.missing') {
    return <NoPermission permission={permissionIn(error.detail)} />
  }
  const { title, detail, id } = describe(error)
  return (
    <Note
      icon={
        <CircleAlert aria-hidden="true" className="mb-1 size-8 text-critical" strokeWidth={1.5} />
      }
      title={title}
      act={
        onRetry ? (
          <Button onClick={onRetry}>
            <RotateCw aria-hidden="true" className="size-4" />
            <Trans>Thử lại</Trans>
          </Button>
        ) : null
      }
    >
      <p>{detail}</p>
      {id ? (
        <p className="pt-1">
          <Trans>Mã lỗi để tra trong nhật ký:</Trans> <Identifier value={id} short={false} />
        </p>
      ) : null}
    </Note>
  )
}

function permissionIn(detail: string): Permission | null {
  const names = Object.keys(permissions) as Permission[]
  return names.find((name) => detail.includes(name)) ?? null
}

/** Stands above figures that could not be renewed. */
export function Stale({ since, onRetry }: { since: string; onRetry: () => void }) {
  return (
    <div
      role="status"
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control bg-medium-soft px-3 py-2 text-13 text-medium"
    >
      <span className="font-semibold">
        <Trans>SỐ LIỆU CŨ</Trans>
      </span>
      <span>
        <Trans>
          Lấy lúc <Time at={since} as="absolute" />, chưa cập nhật được.
        </Trans>
      </span>
      <button
        type="button"
        onClick={onRetry}
        className="min-h-6 font-medium underline underline-offset-2"
      >
        <Trans>Thử lại</Trans>
      </button>
    </div>
  )
}
