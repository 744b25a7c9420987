//! Least squares of a few parameters within bounds.

/// What is fitted: residuals that depend on parameters.
pub(crate) trait Residuals {
    /// Writes the residuals at `parameters`, and their derivatives (one row a residual, one column a parameter) unless
    /// `slopes` is empty. False where the residuals are not defined.
    fn at(&mut self, parameters: &[f64], residuals: &mut [f64], slopes: &mut [f64]) -> bool;
}

/// Smaller gains than this, relative to the sum of squares, end the search.
const GAIN: f64 = 1e-4;
/// More damping than this makes no step that matters.
const MOST_DAMPING: f64 = 1e8;

/// Moves `parameters` to where the sum of squared residuals is least within `bounds`, by at most `steps` steps, and gives
/// that sum; none where the residuals are not defined at the start.
///
/// Levenberg (1944) and Marquardt (1963), *An algorithm for least-squares estimation of nonlinear parameters*; a parameter
/// at a bound that the gradient pushes against stands still for the step, and the step is projected on the bounds.
pub(crate) fn minimise(
    model: &mut impl Residuals,
    rows: usize,
    parameters: &mut [f64],
    bounds: &[(f64, f64)],
    steps: usize,
) -> Option<f64> {
    let columns = parameters.len();
    let mut residuals = vec![0.0; rows];
    let mut slopes = vec![0.0; rows * columns];
    let mut trial = parameters.to_vec();
    let mut equations = Equations::new(columns);
    if !model.at(parameters, &mut residuals, &mut slopes) {
        return None;
    }
    let mut sum = squares(&residuals);
    let mut damping = 1e-2;
    for _ in 0..steps {
        equations.fill(&residuals, &slopes, parameters, bounds);
        let before = sum;
        while damping <= MOST_DAMPING {
            if equations.solve(damping) {
                for (((new, old), step), (low, high)) in
                    trial.iter_mut().zip(&*parameters).zip(&equations.step).zip(bounds)
                {
                    *new = (old + step).clamp(*low, *high);
                }
                if model.at(&trial, &mut residuals, &mut []) && squares(&residuals) < sum {
                    sum = squares(&residuals);
                    parameters.copy_from_slice(&trial);
                    damping = f64::max(damping / 8.0, 1e-9);
                    break;
                }
            }
            damping *= 6.0;
        }
        if before - sum <= GAIN * before || !model.at(parameters, &mut residuals, &mut slopes) {
            break;
        }
    }
    Some(sum)
}

fn squares(residuals: &[f64]) -> f64 {
    let sum = residuals.iter().map(|one| one * one).sum::<f64>();
    if sum.is_finite() { sum } else { f64::INFINITY }
}

/// The normal equations of one step, and what solving them needs.
struct Equations {
    columns: usize,
    /// Row by row; the lower half is filled.
    matrix: Vec<f64>,
    gradient: Vec<f64>,
    factor: Vec<f64>,
    step: Vec<f64>,
}

impl Equations {
    fn new(columns: usize) -> Self {
        let square = vec![0.0; columns * columns];
        Self { columns, matrix: square.clone(), gradient: vec![0.0; columns], factor: square, step: vec![0.0; columns] }
    }

    fn fill(&mut self, residuals: &[f64], slopes: &[f64], parameters: &[f64], bounds: &[(f64, f64)]) {
        let columns = self.columns;
        self.matrix.fill(0.0);
        self.gradient.fill(0.0);
        for (row, residual) in slopes.chunks_exact(columns).zip(residuals) {
            for (i, slope) in row.iter().enumerate() {
                self.gradient[i] += slope * residual;
                let line = &mut self.matrix[i * columns..=i * columns + i];
                for (sum, other) in line.iter_mut().zip(row) {
                    *sum += slope * other;
                }
            }
        }
        for (i, (value, (low, high))) in parameters.iter().zip(bounds).enumerate() {
            let downhill = -self.gradient[i];
            if (value <= low && downhill < 0.0) || (value >= high && downhill > 0.0) {
                self.hold(i);
            }
        }
    }

    /// Keeps a parameter where it is.
    fn hold(&mut self, held: usize) {
        for other in 0..self.columns {
            let (row, column) = (held.max(other), held.min(other));
            self.matrix[row * self.columns + column] = 0.0;
        }
        self.matrix[held * self.columns + held] = 1.0;
        self.gradient[held] = 0.0;
    }

    /// The damped step by Cholesky's factors; false where the matrix is not positive definite.
    fn solve(&mut self, damping: f64) -> bool {
        let columns = self.columns;
        let largest = (0..columns).map(|i| self.matrix[i * columns + i]).fold(0.0, f64::max);
        for i in 0..columns {
            for j in 0..=i {
                let known = &self.factor;
                let dot: f64 = (0..j).map(|k| known[i * columns + k] * known[j * columns + k]).sum();
                let mut value = self.matrix[i * columns + j] - dot;
                if i == j {
                    value += damping * self.matrix[i * columns + i] + 1e-12 * largest;
                    if !(value > 0.0 && value.is_finite()) {
                        return false;
                    }
                    self.factor[i * columns + i] = value.sqrt();
                } else {
                    self.factor[i * columns + j] = value / self.factor[j * columns + j];
                }
            }
        }
        for i in 0..columns {
            let dot: f64 = (0..i).map(|k| self.factor[i * columns + k] * self.step[k]).sum();
            self.step[i] = (-self.gradient[i] - dot) / self.factor[i * columns + i];
        }
        for i in (0..columns).rev() {
            let dot: f64 = (i + 1..columns).map(|k| self.factor[k * columns + i] * self.step[k]).sum();
            self.step[i] = (self.step[i] - dot) / self.factor[i * columns + i];
        }
        true
    }
}
