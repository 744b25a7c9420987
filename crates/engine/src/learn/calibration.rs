//! Confidence: how often suggestions of a probability were right on rows not yet learnt.
//!
//! Rates by bin, each with a few imagined rows that were right as often as the probability says, made monotone by pooling
//! adjacent violators (Ayer et al. 1955) and read by interpolation (isotonic calibration: Zadrozny & Elkan 2002).

/// Bins of the probability.
pub(super) const BINS: usize = 20;

/// Imagined rows of a bin.
const IMAGINED: f32 = 8.0;

/// Part of the counts that stays at each settling: early errors are of a model that knew less.
const STAYS: f32 = 0.9;

/// Rows asked and rows right of one bin, with the sum of their probabilities.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bin {
    pub(super) asked: f32,
    pub(super) right: f32,
    pub(super) sum: f32,
}

/// The bins, and the curve that follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Calibration {
    pub(super) bins: [Bin; BINS],
    /// Probability and confidence, both ascending; derived from the bins.
    curve: Vec<(f32, f32)>,
}

impl Calibration {
    pub(super) fn restore(bins: [Bin; BINS]) -> Self {
        let mut restored = Self { bins, curve: Vec::new() };
        restored.curve = restored.fit();
        restored
    }

    /// Hears whether a guess of this probability was right.
    pub(super) fn hear(&mut self, probability: f32, right: bool) {
        if let Some(bin) = self.bins.get_mut(bin_of(probability)) {
            bin.asked += 1.0;
            bin.sum += probability;
            bin.right += if right { 1.0 } else { 0.0 };
        }
    }

    /// Lets the past fade.
    pub(super) fn fade(&mut self) {
        for bin in &mut self.bins {
            *bin = Bin { asked: bin.asked * STAYS, right: bin.right * STAYS, sum: bin.sum * STAYS };
        }
    }

    /// Draws the curve anew.
    pub(super) fn settle(&mut self) {
        self.curve = self.fit();
    }

    /// How often a guess of this probability is right.
    pub(super) fn confidence(&self, probability: f32) -> f32 {
        let above = self.curve.iter().position(|(at, _)| *at >= probability);
        let after = above.map_or((1.0, 1.0), |place| self.curve.get(place).copied().unwrap_or((1.0, 1.0)));
        let before = above.unwrap_or(self.curve.len()).checked_sub(1).and_then(|place| self.curve.get(place).copied());
        let (x0, y0) = before.unwrap_or((0.0, 0.0));
        let part = (probability - x0) / (after.0 - x0).max(f32::MIN_POSITIVE);
        (y0 + (after.1 - y0) * part.clamp(0.0, 1.0)).clamp(0.0, 1.0)
    }

    fn fit(&self) -> Vec<(f32, f32)> {
        // Blocks of pooled bins: weight, sum of probabilities, sum of rights.
        let mut blocks: Vec<(f32, f32, f32)> = Vec::new();
        for (middle, bin) in middles().zip(&self.bins) {
            let mut block = (bin.asked + IMAGINED, bin.sum + IMAGINED * middle, bin.right + IMAGINED * middle);
            while let Some(last) = blocks.last().copied().filter(|last| last.2 / last.0 >= block.2 / block.0) {
                block = (block.0 + last.0, block.1 + last.1, block.2 + last.2);
                blocks.pop();
            }
            blocks.push(block);
        }
        blocks.into_iter().map(|(weight, sum, right)| (sum / weight, right / weight)).collect()
    }
}

fn middles() -> impl Iterator<Item = f32> {
    (0u8..20).map(|bin| (f32::from(bin) + 0.5) / 20.0)
}

fn bin_of(probability: f32) -> usize {
    let bins =
        [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
    bins.iter().filter(|limit| probability >= **limit).count()
}
