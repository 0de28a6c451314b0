import type { Permission } from '@haidang/contracts/permission'
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import {
  BookOpenCheck,
  Building2,
  CalendarClock,
  ClipboardList,
  FileText,
  Inbox,
  ListTodo,
  type LucideIcon,
  Megaphone,
  RadioTower,
  ReceiptText,
  ScrollText,
  Search,
  Server,
  Settings2,
  Siren,
  Stamp,
  Telescope,
  TriangleAlert,
  UserRoundCheck,
} from 'lucide-react'
import type { KeyName } from '../keys/sheet.ts'

export interface Place {
  readonly to:
    | '/'
    | '/my-work'
    | '/alerts'
    | '/events'
    | '/incidents'
    | '/incident-reports'
    | '/orders'
    | '/playbooks'
    | '/advisories'
    | '/deadlines'
    | '/efforts'
    | '/shifts'
    | '/organisations'
    | '/forms'
    | '/systems'
    | '/stations'
    | '/rules'
    | '/approvals'
    | '/admin'
  readonly label: MessageDescriptor
  readonly short: MessageDescriptor
  readonly icon: LucideIcon
  readonly needs: readonly Permission[]
  readonly key?: KeyName
}

/** The rail, in the order of the work. A place is shown to whoever holds one of its rights. */
export const places: readonly Place[] = [
  {
    to: '/',
    label: msg`Tình hình`,
    short: msg`Tình hình`,
    icon: Telescope,
    needs: ['overview.read'],
    key: 'go-overview',
  },
  {
    to: '/my-work',
    label: msg`Việc của tôi`,
    short: msg({ message: 'Việc', context: 'mine' }),
    icon: ListTodo,
    needs: ['task.answer', 'order.answer', 'advisory.answer', 'deadline.handle', 'approval.decide'],
    key: 'go-work',
  },
  {
    to: '/alerts',
    label: msg`Cảnh báo`,
    short: msg`Cảnh báo`,
    icon: Siren,
    needs: ['alert.read'],
    key: 'go-alerts',
  },
  {
    to: '/events',
    label: msg`Tra cứu`,
    short: msg`Tra cứu`,
    icon: Search,
    needs: ['event.read'],
    key: 'go-events',
  },
  {
    to: '/incidents',
    label: msg`Sự cố`,
    short: msg`Sự cố`,
    icon: TriangleAlert,
    needs: ['incident.read'],
    key: 'go-incidents',
  },
  {
    to: '/incident-reports',
    label: msg`Tin báo sự cố`,
    short: msg`Tin báo`,
    icon: Inbox,
    needs: ['incident-report.read'],
  },
  {
    to: '/playbooks',
    label: msg`Phương án ứng cứu`,
    short: msg`Phương án`,
    icon: ClipboardList,
    needs: ['playbook.read'],
  },
  {
    to: '/orders',
    label: msg`Lệnh điều phối`,
    short: msg`Lệnh`,
    icon: ScrollText,
    needs: ['order.read'],
    key: 'go-orders',
  },
  {
    to: '/advisories',
    label: msg`Cảnh báo sớm`,
    short: msg`Cảnh báo sớm`,
    icon: Megaphone,
    needs: ['advisory.read'],
    key: 'go-advisories',
  },
  {
    to: '/efforts',
    label: msg`Khối lượng, hao tổn`,
    short: msg`Khối lượng`,
    icon: ReceiptText,
    needs: ['effort.read'],
  },
  {
    to: '/deadlines',
    label: msg`Hạn`,
    short: msg`Hạn`,
    icon: CalendarClock,
    needs: ['deadline.read'],
  },
  {
    to: '/shifts',
    label: msg`Trực ban`,
    short: msg`Trực ban`,
    icon: UserRoundCheck,
    needs: ['shift.read'],
  },
  {
    to: '/organisations',
    label: msg({ message: 'Tổ chức', context: 'many' }),
    short: msg({ message: 'Tổ chức', context: 'many' }),
    icon: Building2,
    needs: ['organisation.read'],
  },
  {
    to: '/forms',
    label: msg`Biểu mẫu`,
    short: msg`Biểu mẫu`,
    icon: FileText,
    needs: ['form.read'],
  },
  {
    to: '/systems',
    label: msg`Hệ thống thông tin`,
    short: msg`Hệ thống`,
    icon: Server,
    needs: ['system.read'],
  },
  {
    to: '/stations',
    label: msg`Trạm`,
    short: msg`Trạm`,
    icon: RadioTower,
    needs: ['station.read', 'source.read'],
    key: 'go-stations',
  },
  {
    to: '/rules',
    label: msg`Tri thức`,
    short: msg`Tri thức`,
    icon: BookOpenCheck,
    needs: ['rule.read'],
  },
  {
    to: '/approvals',
    label: msg`Phê duyệt`,
    short: msg`Phê duyệt`,
    icon: Stamp,
    needs: ['approval.read'],
  },
  {
    to: '/admin',
    label: msg`Quản trị`,
    short: msg`Quản trị`,
    icon: Settings2,
    needs: ['person.read', 'key.manage', 'audit.read', 'setting.read'],
  },
]
