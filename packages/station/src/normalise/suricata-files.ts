import { addressOf, baseName, type Draft, present } from './draft.ts'
import type { Fields } from './fields.ts'

type About = Partial<Draft>

export function fileinfo(fields: Fields): About {
  const file = fields.inner('fileinfo')
  const path = file.text('filename')
  return {
    class: 'network_file_activity',
    activity: 99,
    message: `file ${path ?? '?'}`,
    file: present({
      name: baseName(path),
      path,
      size: file.number('size'),
      mime_type: file.text('mimetype'),
      hashes: hashesOf(file),
    }),
  }
}

function hashesOf(file: Fields) {
  const kinds = [
    ['MD5', 'md5'],
    ['SHA-1', 'sha1'],
    ['SHA-256', 'sha256'],
  ] as const
  const hashes = kinds.flatMap(([algorithm, name]) => {
    const value = file.text(name)
    return value ? [{ algorithm, value }] : []
  })
  return hashes.length > 0 ? hashes : undefined
}

export function ftp(fields: Fields): About {
  const ftp = fields.inner('ftp')
  const command = ftp.text('command')
  const data = ftp.text('command_data')
  return {
    class: 'ftp_activity',
    activity: 99,
    message: `FTP ${command ?? ''} ${command === 'PASS' ? '' : (data ?? '')}`.trim(),
    user: command === 'USER' && data ? { name: data } : undefined,
  }
}

export function ftpData(fields: Fields): About {
  const data = fields.inner('ftp_data')
  const path = data.text('filename')
  return {
    class: 'ftp_activity',
    activity: 99,
    message: `FTP ${data.text('command') ?? ''} ${path ?? ''}`.trim(),
    file: present({ name: baseName(path), path }),
  }
}

export function smb(fields: Fields): About {
  const smb = fields.inner('smb')
  const path = smb.text('filename')
  const user = smb.inner('ntlmssp').text('user')
  const host = /^\\\\([^\\]{1,253})\\/.exec(smb.first('named_pipe', 'share') ?? '')?.[1]
  return {
    sightings: host === undefined ? [] : [sightedHost(host)],
    class: 'network_file_activity',
    activity: 99,
    message: `SMB ${smb.text('command') ?? ''} ${path ?? ''}`.trim(),
    status_detail: smb.text('status'),
    user: user === undefined ? undefined : { name: user },
    file: present({ name: baseName(path), path, size: smb.number('size') }),
  }
}

/** The server a share is named after. */
function sightedHost(value: string) {
  return { type: addressOf(value) ? 'ip' : 'hostname', value, name: 'smb.share' } as const
}

export function nfs(fields: Fields): About {
  const nfs = fields.inner('nfs')
  const path = nfs.text('filename')
  return {
    class: 'network_file_activity',
    activity: 99,
    message: `NFS ${nfs.text('procedure') ?? ''} ${path ?? ''}`.trim(),
    status_detail: nfs.text('status'),
    file: present({ name: baseName(path), path }),
  }
}
