import { gutter } from '../../components/page.tsx'
import { cn } from '../../theme/cn.ts'
import { MailKeySection } from './mail-key-section.tsx'

/** By which keys and ways the node tells people. */
export function ChannelsTab() {
  return (
    <div className={cn('flex max-w-5xl flex-col gap-8 pt-4 pb-16', gutter)}>
      <MailKeySection />
    </div>
  )
}
