//! What the encryption promises, tried out on every size, range, bit, cut and swap of small files.

use bytes::{Bytes, BytesMut};
use saldo_kernel::{FileId, OrganizationId, WorkspaceId};

use super::{
    chunks::{Broken, HEADER_BYTES, Layout, Opener, Sealer},
    keys::{DataKey, KEY_BYTES, KeyError, MasterKeys, WrappedKey},
};
use crate::domain::Place;

const CHUNK: usize = 5;
const TAG: usize = 16;

fn place() -> Place {
    Place { organization: OrganizationId::generate(), workspace: WorkspaceId::generate(), file: FileId::generate() }
}

fn plain(size: usize) -> Vec<u8> {
    (0..size).map(|number| (number * 7 % 251) as u8).collect()
}

fn seal(key: &DataKey, place: &Place, plain: &[u8], step: usize) -> Vec<u8> {
    let (mut sealer, header) = Sealer::with_chunk(key, place, CHUNK).unwrap();
    let mut object = header.to_vec();
    for bytes in plain.chunks(step) {
        object.extend(sealer.append(bytes).unwrap().concat());
    }
    object.extend(sealer.finish().unwrap());
    object
}

/// What a reader gets of an object that it takes for a file of `size` bytes.
fn open(
    key: &DataKey,
    place: &Place,
    object: &[u8],
    size: u64,
    range: std::ops::Range<u64>,
) -> Result<Vec<u8>, Broken> {
    let layout = Layout::with_chunk(size, CHUNK);
    let opener = Opener::new(object.get(..HEADER_BYTES).ok_or(Broken::Header)?, key, place, &layout)?;
    let cover = layout.cover(&range);
    let (mut at, mut out) = (cover.object.start as usize, Vec::new());
    for number in cover.chunks.clone() {
        let end = at + layout.sealed(number) as usize;
        let sealed = object.get(at..end).ok_or(Broken::CutOff(number))?;
        out.extend(opener.open(number, BytesMut::from(sealed))?);
        at = end;
    }
    assert_eq!(at as u64, cover.object.end);
    let skip = cover.skip as usize;
    Ok(out[skip..skip + (range.end - range.start) as usize].to_vec())
}

/// The size that the length of an object speaks for: what a reader would believe who has nothing else.
fn size_of(object: &[u8]) -> u64 {
    let sealed = object.len().saturating_sub(HEADER_BYTES);
    (sealed - (sealed.div_ceil(CHUNK + TAG) * TAG).min(sealed)) as u64
}

#[test]
fn any_size_in_any_steps_comes_back_and_any_range_of_it() {
    let (key, place) = (DataKey::generate(1).unwrap(), place());
    for size in 0..=3 * CHUNK + 2 {
        let plain = plain(size);
        for step in [1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 100] {
            let object = seal(&key, &place, &plain, step);
            assert_eq!(size_of(&object), size as u64);
            for start in 0..=size {
                for end in start..=size {
                    let got = open(&key, &place, &object, size as u64, start as u64..end as u64);
                    assert_eq!(got.as_deref(), Ok(&plain[start..end]), "{start}..{end} of {size} by {step}");
                }
            }
        }
    }
}

#[test]
fn chunks_of_the_real_size_come_back_too() {
    let (key, place) = (DataKey::generate(1).unwrap(), place());
    let plain = Bytes::from(plain(super::chunks::CHUNK_BYTES * 2 + 1));
    let (mut sealer, header) = Sealer::new(&key, &place).unwrap();
    let mut chunks = sealer.append(&plain).unwrap();
    chunks.push(sealer.finish().unwrap());
    let opener = Opener::new(&header, &key, &place, &Layout::new(plain.len() as u64)).unwrap();
    let opened =
        chunks.into_iter().enumerate().map(|(number, chunk)| opener.open(number as u64, chunk.into()).unwrap());
    assert!(opened.collect::<Vec<_>>().concat() == plain);
}

#[test]
fn every_bit_that_is_flipped_is_noticed() {
    let (key, place) = (DataKey::generate(1).unwrap(), place());
    for size in [0, 1, CHUNK, 2 * CHUNK + 1] {
        let object = seal(&key, &place, &plain(size), 3);
        for bit in 0..object.len() * 8 {
            let mut changed = object.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key, &place, &changed, size as u64, 0..size as u64).is_err(), "bit {bit} of {size} bytes");
        }
    }
}

#[test]
fn every_cut_is_noticed_also_where_only_the_length_of_the_object_is_believed() {
    let (key, place) = (DataKey::generate(1).unwrap(), place());
    for size in [1, CHUNK, 2 * CHUNK, 3 * CHUNK + 1] {
        let object = seal(&key, &place, &plain(size), 3);
        for length in 0..object.len() {
            let cut = &object[..length];
            assert!(open(&key, &place, cut, size as u64, 0..size as u64).is_err(), "{length} of {}", object.len());
            let believed = size_of(cut);
            assert!(open(&key, &place, cut, believed, 0..believed).is_err(), "{length} of {}", object.len());
        }
        let longer = [object.as_slice(), &[0; CHUNK + TAG]].concat();
        let believed = size_of(&longer);
        assert!(open(&key, &place, &longer, believed, 0..believed).is_err(), "a chunk more");
    }
}

#[test]
fn chunks_that_change_places_are_noticed() {
    let (key, place) = (DataKey::generate(1).unwrap(), place());
    let size = 4 * CHUNK;
    let object = seal(&key, &place, &plain(size), 3);
    let chunk = |number: usize| HEADER_BYTES + number * (CHUNK + TAG)..HEADER_BYTES + (number + 1) * (CHUNK + TAG);
    for one in 0..4 {
        for other in (0..4).filter(|other| *other != one) {
            let mut changed = object.clone();
            changed[chunk(one)].copy_from_slice(&object[chunk(other)]);
            assert!(open(&key, &place, &changed, size as u64, 0..size as u64).is_err(), "{other} in place of {one}");
            changed[chunk(other)].copy_from_slice(&object[chunk(one)]);
            assert!(open(&key, &place, &changed, size as u64, 0..size as u64).is_err(), "{one} and {other}");
        }
    }
}

#[test]
fn the_object_of_another_file_or_key_is_no_content() {
    let (key, at) = (DataKey::generate(1).unwrap(), place());
    let object = seal(&key, &at, &plain(9), 3);
    let other = place();
    for wrong in [
        Place { file: other.file, ..at },
        Place { workspace: other.workspace, ..at },
        Place { organization: other.organization, ..at },
    ] {
        assert_eq!(open(&key, &wrong, &object, 9, 0..9), Err(Broken::Chunk(0)));
    }
    assert_eq!(open(&DataKey::generate(1).unwrap(), &at, &object, 9, 0..9), Err(Broken::Chunk(0)));
    assert_eq!(open(&DataKey::generate(2).unwrap(), &at, &object, 9, 0..9), Err(Broken::KeyVersion));
    // The same file again has another key: nothing of it fits.
    let again = seal(&key, &at, &plain(9), 3);
    let mixed = [&object[..HEADER_BYTES], &again[HEADER_BYTES..]].concat();
    assert_eq!(open(&key, &at, &mixed, 9, 0..9), Err(Broken::Chunk(0)));
}

fn masters(ids: &[&str]) -> MasterKeys {
    let key = |id: &str| {
        let first = id.bytes().next().unwrap();
        (id.to_owned(), [first; KEY_BYTES])
    };
    MasterKeys::new(ids.iter().map(|id| key(id)).collect()).unwrap()
}

#[test]
fn a_new_master_key_wraps_and_the_old_one_still_unwraps_until_it_is_gone() {
    let organization = OrganizationId::generate();
    let key = DataKey::generate(3).unwrap();
    let old = masters(&["a"]).wrap(&key, organization).unwrap();
    let both = masters(&["a", "b"]);
    assert!(both.unwrap(&old, organization).unwrap() == key);
    let new = both.wrap(&key, organization).unwrap();
    assert_eq!(new.master, "b");
    assert!(masters(&["b"]).unwrap(&new, organization).unwrap() == key);
    assert_eq!(masters(&["b"]).unwrap(&old, organization).err(), Some(KeyError::UnknownMaster("a".to_owned())));
}

#[test]
fn a_wrapped_key_opens_for_its_organisation_and_version_only_and_unchanged_only() {
    let (masters, organization) = (masters(&["a"]), OrganizationId::generate());
    let wrapped = masters.wrap(&DataKey::generate(1).unwrap(), organization).unwrap();
    let refused = |wrapped: &WrappedKey, organization| masters.unwrap(wrapped, organization).err();
    assert_eq!(refused(&wrapped, OrganizationId::generate()), Some(KeyError::Wrapped));
    assert_eq!(refused(&WrappedKey { version: 2, ..wrapped.clone() }, organization), Some(KeyError::Wrapped));
    for bit in 0..wrapped.sealed.len() * 8 {
        let mut changed = wrapped.clone();
        changed.sealed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refused(&changed, organization), Some(KeyError::Wrapped), "bit {bit}");
    }
    for length in 0..wrapped.sealed.len() {
        let cut = WrappedKey { sealed: wrapped.sealed[..length].to_vec(), ..wrapped.clone() };
        assert_eq!(refused(&cut, organization), Some(KeyError::Wrapped), "{length} bytes");
    }
}
