import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mountOf, networkFileSystem, networkFileSystemOf, parseMounts } from '../../src/store/file-system.ts';

const table = `22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:26 / /home/me/remote rw,nosuid - fuse.sshfs me@host:/srv rw,user_id=1000
31 22 0:27 / /home/me/with\\040space rw - nfs4 server:/export rw,vers=4.2
32 22 0:28 / /mnt/c rw,noatime - 9p drvfs rw,aname=drvfs;path=C:\\;uid=1000
`;

describe('the kind of a file system', () => {
  it.each([
    [0x6969, 'NFS'],
    [0x517b, 'SMB'],
    [0xff534d42, 'CIFS'],
    [0xff534d42 | 0, 'CIFS'],
    [0xfe534d42, 'SMB2'],
  ])('knows the network one with the number %d', (type, name) => {
    expect(networkFileSystem(type, null)).toBe(name);
  });

  it('takes local ones for local', () => {
    expect(networkFileSystem(0xef53, null)).toBeNull();
    expect(networkFileSystem(0x01021994, null)).toBeNull();
  });

  it('tells remote FUSE file systems from local ones by their mount', () => {
    const fuse = 0x65735546;
    expect(networkFileSystem(fuse, { point: '/', type: 'fuse.sshfs', options: '' })).toBe('fuse.sshfs');
    expect(networkFileSystem(fuse, { point: '/', type: 'fuse.fuse-overlayfs', options: '' })).toBeNull();
    expect(networkFileSystem(fuse, { point: '/', type: 'fuseblk', options: '' })).toBeNull();
    expect(networkFileSystem(fuse, null)).toBeNull();
  });

  it('tells a Windows drive of WSL from the 9p file system of a virtual machine', () => {
    const plan9 = 0x01021997;
    const [, , , drive] = parseMounts(table);
    expect(networkFileSystem(plan9, drive ?? null)).toBe('a Windows drive of WSL');
    expect(networkFileSystem(plan9, { point: '/', type: '9p', options: 'rw,trans=fd' })).toBeNull();
  });
});

describe('the mount table', () => {
  it('is read with the spaces in its names', () => {
    expect(parseMounts(table).map((mount) => [mount.point, mount.type])).toEqual([
      ['/', 'ext4'],
      ['/home/me/remote', 'fuse.sshfs'],
      ['/home/me/with space', 'nfs4'],
      ['/mnt/c', '9p'],
    ]);
  });

  it('passes over lines that it does not understand', () => {
    expect(parseMounts('nonsense\n\n1 2 - x')).toEqual([]);
  });

  it('finds the mount that a path is on, not one that only begins with the same letters', () => {
    const mounts = parseMounts(table);
    expect(mountOf('/home/me/remote/data', mounts)?.type).toBe('fuse.sshfs');
    expect(mountOf('/home/me/remote', mounts)?.type).toBe('fuse.sshfs');
    expect(mountOf('/home/me/remotely', mounts)?.type).toBe('ext4');
    expect(mountOf('/elsewhere', [])).toBeNull();
  });

  it('takes the last of two mounts at one point', () => {
    const over = parseMounts(`${table}40 22 0:30 / /mnt/c rw - ext4 /dev/vdb rw\n`);
    expect(mountOf('/mnt/c/data', over)?.type).toBe('ext4');
  });
});

it('finds the directory for temporary files local, also where the path does not exist yet', () => {
  expect(networkFileSystemOf(join(tmpdir(), 'not', 'there', 'yet'))).toBeNull();
});
