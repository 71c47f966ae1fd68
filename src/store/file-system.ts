import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** `f_type` of the Linux kernel for file systems that live on another machine, where file locks and shared memory cannot be relied on. */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x564c, 'NCP'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x19830326, 'BeeGFS'],
  [0x47504653, 'GPFS'],
  [0x7461636f, 'OCFS2'],
  [0x01161970, 'GFS2'],
]);

const fuse = 0x65735546;
const plan9 = 0x01021997;

/** FUSE serves local and remote file systems alike: these are the remote ones. */
const networkFuse =
  /^fuse\.(sshfs|rclone|s3fs|goofys|gcsfuse|blobfuse2?|davfs2?|glusterfs|ceph(-fuse)?|curlftpfs|smbnetfs|juicefs|mount-s3|grpcfuse|osxfs)$/;

/** A line of the kernel's mount table. */
export interface Mount {
  readonly point: string;
  readonly type: string;
  readonly options: string;
}

/** Reads `/proc/self/mountinfo`; lines it does not understand are left out. */
export function parseMounts(table: string): readonly Mount[] {
  return table.split('\n').flatMap((line) => {
    const [left, right] = line.split(' - ');
    const point = left?.split(' ')[4];
    const [type, , options] = right?.split(' ') ?? [];
    if (point === undefined || type === undefined) return [];
    return [{ point: unescapeOctal(point), type, options: options ?? '' }];
  });
}

/**
 * The name of the network file system, or null for a local one.
 * `type` is the kernel's `f_type`; `mount` the mount the directory is on, which says more where one type serves both.
 */
export function networkFileSystem(type: number, mount: Mount | null): string | null {
  const known = networkTypes.get(type >>> 0);
  if (known !== undefined) return known;
  if (mount === null) return null;
  if (type === fuse && networkFuse.test(mount.type)) return mount.type;
  if (type === plan9 && mount.options.includes('aname=drvfs')) return 'a Windows drive of WSL';
  return null;
}

/** The network file system that a directory, which need not exist yet, would be on; null for a local one, and where the system does not say. */
export function networkFileSystemOf(directory: string): string | null {
  if (process.platform !== 'linux') return null;
  const existing = nearestExisting(directory);
  return networkFileSystem(statfsSync(existing).type, mountOf(existing, readMounts()));
}

/** The mount a path is on: the longest mount point it lies under, the last one mounted there. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  return mounts.reduce<Mount | null>((best, mount) => {
    const under = path === mount.point || path.startsWith(mount.point === '/' ? '/' : `${mount.point}/`);
    return under && mount.point.length >= (best?.point.length ?? 0) ? mount : best;
  }, null);
}

function readMounts(): readonly Mount[] {
  try {
    return parseMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return [];
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
