import { useLingui } from '@lingui/react/macro'
import { useLiveState } from '../live/live.ts'
import { cn } from '../theme/cn.ts'

/** Whether the page renews itself as things happen. */
export function LiveMark() {
  const { t } = useLingui()
  const state = useLiveState()
  const words = { live: t`Trực tiếp`, connecting: t`Đang nối`, lost: t`Mất kết nối` }
  return (
    <span
      role="status"
      title={
        state === 'live'
          ? t`Trang tự cập nhật khi có thay đổi`
          : t`Trang chưa tự cập nhật; đang thử nối lại`
      }
      className={cn(
        'hidden h-8 items-center gap-1.5 px-2 text-12 lg:inline-flex',
        state === 'lost' ? 'font-medium text-medium' : 'text-ink-3',
      )}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        className="size-3 fill-none stroke-current"
        strokeWidth="1.5"
        strokeLinecap="round"
      >
        {state === 'lost' ? (
          <path d="m3 3 6 6M9 3 3 9" />
        ) : (
          <>
            <circle
              cx="6"
              cy="6"
              r="1.4"
              className={cn('fill-current stroke-none', state === 'live' && 'fill-good-fill')}
            />
            <path
              d="M3.2 8.8a4 4 0 0 1 0-5.6M8.8 3.2a4 4 0 0 1 0 5.6"
              className={state === 'connecting' ? 'pulse' : ''}
            />
          </>
        )}
      </svg>
      {words[state]}
    </span>
  )
}
