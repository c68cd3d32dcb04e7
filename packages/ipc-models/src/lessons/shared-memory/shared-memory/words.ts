export const words = {
  en: {
    title: 'Shared memory, call by call',
    idea: 'One process creates a memory object (shm_open), gives it a size (ftruncate) and maps it into its address space (mmap). Another opens the same name and maps it too: from then on both read and write the same bytes, each at an address of its own. munmap detaches; shm_unlink removes the name.',
    question:
      'The creator removes the name (shm_unlink) while the other process has the memory mapped. What does that process find?',
    'answer.still-there': 'Its memory, as before; only nobody can attach any more',
    'answer.gone': 'Nothing: the bytes are gone',
    'answer.killed': 'It is killed when it touches the memory',
    'outcome.still-there':
      'It still read "{{still}}" from its memory, while shm_open of the name gave {{refused}}. Both had the same object ({{object}}), the creator at {{creatorAddress}}, the other at {{attacherAddress}}. The memory is freed when the last one unmaps it.',
    'outcome.gone': 'It read "{{still}}", and shm_open gave "{{refused}}".',
    'outcome.killed': 'It was killed.',
    'role.creator': 'Creator',
    'role.attacher': 'Attaching process',
    'parameter.size': 'Size of the object, bytes (SIZE)',
    'figure.memory': 'The same bytes, as each process sees them',
    'figure.together': 'The last time that both had them',
  },
  ko: {
    title: '공유 메모리, 호출 하나하나',
    idea: '한 프로세스가 공유 메모리 객체를 만들고(shm_open) 크기를 정한 뒤(ftruncate) 자기 주소 공간에 매핑한다(mmap). 다른 프로세스도 같은 이름을 열어 매핑하면, 그때부터 둘은 저마다의 주소로 같은 바이트를 읽고 쓴다. munmap은 연결을 끊고 shm_unlink는 이름을 없앤다.',
    question:
      '다른 프로세스가 메모리를 매핑하고 있는 동안 만든 프로세스가 이름을 없앤다(shm_unlink). 그 프로세스에게는 무엇이 보일까?',
    'answer.still-there': '메모리가 그대로 보인다. 다만 이제 아무도 새로 연결할 수 없다',
    'answer.gone': '아무것도 없다. 바이트가 사라졌다',
    'answer.killed': '메모리에 손대는 순간 강제 종료된다',
    'outcome.still-there':
      '그 프로세스는 자기 메모리에서 여전히 "{{still}}"을(를) 읽었고, 같은 이름의 shm_open은 {{refused}}(으)로 거부되었다. 둘은 같은 객체({{object}})를 만든 쪽은 {{creatorAddress}}, 다른 쪽은 {{attacherAddress}}에서 보았다. 메모리는 마지막 프로세스가 매핑을 풀 때 해제된다.',
    'outcome.gone': '읽은 내용은 "{{still}}"이고 shm_open의 결과는 "{{refused}}"이다.',
    'outcome.killed': '강제 종료되었다.',
    'role.creator': '만든 프로세스',
    'role.attacher': '연결하는 프로세스',
    'parameter.size': '객체의 크기, 바이트 (SIZE)',
    'figure.memory': '각 프로세스가 보는 같은 바이트',
    'figure.together': '둘 다 매핑하고 있던 마지막 순간',
  },
} as const;
